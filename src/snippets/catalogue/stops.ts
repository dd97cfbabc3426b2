import { FRESH, type JsonObject, type JsonTemplate, Placeholder } from '../request.js';
import { Fixed, type Sample, type SampleObject } from './entry.js';

/** Numbers the places of one request in the order of its text: path, query, body. */
export class Stops {
  private last = 0;

  next(sample: string | number | boolean): Placeholder {
    this.last += 1;
    return new Placeholder(this.last, sample);
  }

  object(sample: SampleObject): JsonObject {
    return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, this.value(value)]));
  }

  private value(sample: Sample): JsonTemplate {
    if (sample === null || sample === FRESH) return sample;
    if (sample instanceof Fixed) return sample.value;
    if (isList(sample)) return sample.map((item) => this.value(item));
    return typeof sample === 'object' ? this.object(sample) : this.next(sample);
  }
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(sample: SampleObject | readonly Sample[] | string | number | boolean): sample is readonly Sample[] {
  return Array.isArray(sample);
}
