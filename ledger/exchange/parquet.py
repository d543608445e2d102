"""The tables as Parquet files, for engines that take more claims than one machine's memory does."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.exchange.fields import Field
from ledger.exchange.tables import Table
from ledger.model import Trouble
from ledger.model.extras import needs
from ledger.texts.display import one_line


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
            table.name: {
                "rows": len(table.rows),
                "columns": {field.name: field.type for field in table.fields},
                "sha256": hashlib.sha256(files[f"{table.name}.parquet"]).hexdigest(),
            }
            for table in tables
        },
    }
    return {"manifest.json": (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode(), **files}


def rows_of_parquet(path: str) -> tuple[list[str], list[Mapping[str, Any]]]:
    """The names of the columns of a Parquet file, and its rows. Raises Trouble."""
    with needs("pyarrow", "scale"):
        import pyarrow
        import pyarrow.parquet
    name = one_line(os.path.basename(path))
    if not os.path.isfile(path):
        raise Trouble(f"there is no file {name}")
    try:
        table = pyarrow.parquet.ParquetFile(path).read()
        return list(table.schema.names), table.to_pylist()
    except OSError as problem:
        raise Trouble(f"{name} can't be read: {problem.strerror or 'it is cut, or no Parquet'}") from None
    except pyarrow.ArrowException:
        raise Trouble(f"{name} is no Parquet file, or one that was cut") from None
    except UnicodeDecodeError:
        raise Trouble(f"{name} holds a text that is not in UTF-8: write its texts in UTF-8") from None
