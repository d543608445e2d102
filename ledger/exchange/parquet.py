"""The tables as Parquet files, for engines that take more claims than one machine's memory does."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.exchange.fields import Field
from ledger.exchange.tables import Table
from ledger.model.extras import needs


def schema_of(fields: Sequence[Field]) -> Any:
    """The Arrow schema of the fields of a table."""
    with needs("pyarrow", "scale"):
        import pyarrow
    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "boolean": pyarrow.bool_()}
    return pyarrow.schema([pyarrow.field(field.name, types.get(field.type, pyarrow.string())) for field in fields])


def to_parquet(tables: Sequence[Table], about: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a folder by name: a Parquet file a table, and `manifest.json`: schema, version, counts."""
    with needs("pyarrow", "scale"):
        import pyarrow
        import pyarrow.parquet
    files: dict[str, bytes] = {}
    for table in tables:
        schema = schema_of(table.fields)
        columns = [
            pyarrow.array([row[number] for row in table.rows], type=schema.field(number).type) for number in range(len(table.fields))
        ]
        stream = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), stream, compression="zstd")
        files[f"{table.name}.parquet"] = stream.getvalue()
    manifest = {
        "schema_version": 1,
        **{name: text for name, text in about.items() if name != "vocabulary"},
        "tables": {
            table.name: {"rows": len(table.rows), "columns": {field.name: field.type for field in table.fields}} for table in tables
        },
    }
    return {"manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(), **files}
