import type { RestEntity, Store } from '../model.js';
import { seedCatalogue } from './seeds.js';

/**
 * What the REST API keeps of one environment: lists of entities under the path they are listed at (`plans`, `customers/customer-123/integrations`).
 * Filled when it is asked for first.
 */
export class World {
  private readonly lists: Map<string, RestEntity[]>;

  constructor(store: Store, environmentId: string) {
    const kept = store.rest.get(environmentId);
    this.lists = kept ?? new Map<string, RestEntity[]>();
    if (kept !== undefined) return;
    store.rest.set(environmentId, this.lists);
    const customers = store.customers.filter((customer) => customer.environmentId === environmentId);
    for (const { id, name, email, createdAt } of customers) this.list('customers').push({ id, name, email, metadata: {}, createdAt: createdAt.toISOString(), updatedAt: createdAt.toISOString(), archivedAt: null });
    seedCatalogue(this, store.now());
  }

  list(path: string): RestEntity[] {
    const found = this.lists.get(path) ?? [];
    this.lists.set(path, found);
    return found;
  }

  find(path: string, id: string): RestEntity | undefined {
    return this.lists.get(path)?.find((entity) => entity.id === id);
  }

  add(path: string, entity: RestEntity): void {
    this.list(path).push(entity);
  }

  /** Changes what is there, or adds it. */
  put(path: string, entity: RestEntity): RestEntity {
    const found = this.find(path, entity.id);
    if (found === undefined) {
      this.add(path, entity);
      return entity;
    }
    return Object.assign(found, { ...entity, createdAt: found.createdAt });
  }

  remove(path: string, id: string): void {
    this.lists.set(path, this.list(path).filter((entity) => entity.id !== id));
  }
}
