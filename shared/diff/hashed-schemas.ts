import type { SchemaId, SchemaNode } from "../spec/model.ts";
import type { SlicedModel } from "../spec/normalize/normalize.ts";
import type { SchemaParts, SchemaTaker } from "../spec/schema-parts.ts";

/** The schemas of one side of a comparison by number: one for each hash. There may be more of them at any time. */
export class HashedSchemas {
  private readonly schemas: readonly SchemaNode[];
  private readonly taker: SchemaTaker;
  private readonly numbers = new Map<string, number>();
  private readonly hashes: string[] = [];
  /** A schema of each number. */
  private readonly ids: (SchemaId | undefined)[] = [];
  private readonly numbersById: number[] = [];
  private readonly parts: (SchemaParts | undefined)[] = [];
  private indexed = 0;

  constructor({ model, taker }: SlicedModel) {
    this.schemas = model.schemas;
    this.taker = taker;
  }

  numberOf(hash: string): number {
    const known = this.numbers.get(hash);
    if (known !== undefined) return known;
    const number = this.hashes.push(hash) - 1;
    this.numbers.set(hash, number);
    return number;
  }

  numberOfId(id: SchemaId): number {
    const known = this.numbersById[id];
    if (known !== undefined) return known;
    const number = this.numberOf(this.schemas[id]?.hash ?? "");
    this.numbersById[id] = number;
    this.ids[number] ??= id;
    return number;
  }

  hashOf(number: number): string {
    return this.hashes[number] ?? "";
  }

  pointerOf(number: number): string {
    return this.schemas[this.idOf(number)]?.pointer ?? "";
  }

  partsOf(number: number): SchemaParts {
    const known = this.parts[number];
    if (known !== undefined) return known;
    const parts = this.taker.takeApart(this.idOf(number));
    this.parts[number] = parts;
    return parts;
  }

  private idOf(number: number): SchemaId {
    for (; this.ids[number] === undefined && this.indexed < this.schemas.length; this.indexed++) {
      this.numberOfId(this.indexed);
    }
    const id = this.ids[number];
    if (id === undefined) throw new RangeError(`no schema has the hash ${this.hashOf(number)}`);
    return id;
  }
}
