#!/bin/sh
# Put a request below: "Stigg: Insert Authenticated Request", then run it in the terminal that has the key.

