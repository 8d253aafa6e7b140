//! Parquet files with the columns of [`table`](crate::table), typed (INT64, DOUBLE, BOOLEAN, UTF-8), all optional, Snappy-compressed.
//!
//! A folder gets one file per kind of record; a file the event reports. Rows are held for one row group at most.

use crate::{
    Destination, Error, Options, Writer,
    choice::rows,
    sink::{Hashed, Written, create, folder},
    table::{Cell, Kind, Table, event_reports, tables},
};
use chancery_record::Record;
use parquet::{
    basic::{Compression, LogicalType, Repetition, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::Type,
};
use std::{fs::File, path::PathBuf, sync::Arc};

/// A row group is written when it holds so many rows ...
const GROUP_ROWS: usize = 1 << 16;
/// ... or so many bytes of text.
const GROUP_BYTES: usize = 64 << 20;

struct Columnar {
    files: Vec<TableFile>,
    options: Options,
}

struct TableFile {
    path: PathBuf,
    partial: Option<PathBuf>,
    table: Table,
    writer: SerializedFileWriter<Hashed<File>>,
    rows: Vec<Vec<Cell>>,
    bytes: usize,
}

/// Opens a writer of Parquet files. Refuses stdout: a reader needs the end of the file first.
pub fn open(destination: Destination, options: Options) -> Result<Box<dyn Writer>, Error> {
    let Destination::Path(path) = &destination else {
        return Err(Error::usage("parquet cannot be read from a stream; give a file or folder with -o"));
    };
    let files = match folder(&destination)? {
        Some(folder) => {
            let files = tables().into_iter().map(|t| TableFile::open(folder.join(format!("{}.parquet", t.name)), t));
            files.collect::<Result<_, _>>()?
        }
        None => vec![TableFile::open(path.clone(), event_reports())?],
    };
    Ok(Box::new(Columnar { files, options }))
}

impl Writer for Columnar {
    fn page(&mut self, records: &[Record]) -> Result<(), Error> {
        let chosen = rows(records, &self.options);
        for file in &mut self.files {
            for record in &chosen {
                file.take(file.table.rows(record))?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<Written>, Error> {
        self.files.into_iter().map(TableFile::finish).collect()
    }
}

impl TableFile {
    fn open(path: PathBuf, table: Table) -> Result<Self, Error> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("chancery".to_owned()).build();
        let schema = schema(&table).map_err(|e| failed(&path, e))?;
        let (file, partial) = create(&path)?;
        let writer = SerializedFileWriter::new(Hashed::new(file), Arc::new(schema), Arc::new(properties)).map_err(|e| failed(&path, e))?;
        Ok(TableFile { path, partial, table, writer, rows: Vec::new(), bytes: 0 })
    }

    fn finish(mut self) -> Result<Written, Error> {
        self.write_group()?;
        let out = self.writer.into_inner().map_err(|e| failed(&self.path, e))?;
        out.written(Some(self.path)).put_in_place(self.partial)
    }

    fn take(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), Error> {
        let size = |cell: &Cell| if let Cell::Text(text) = cell { text.len() } else { 0 };
        self.bytes += rows.iter().flatten().map(size).sum::<usize>();
        self.rows.extend(rows);
        if self.rows.len() >= GROUP_ROWS || self.bytes >= GROUP_BYTES { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), Error> {
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        if rows.is_empty() {
            return Ok(());
        }
        let kinds: Vec<Kind> = self.table.columns.iter().map(|(_, kind)| *kind).collect();
        write_columns(&mut self.writer, &kinds, &rows).map_err(|e| failed(&self.path, e))
    }
}

fn write_columns(writer: &mut SerializedFileWriter<Hashed<File>>, kinds: &[Kind], rows: &[Vec<Cell>]) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for (i, kind) in kinds.iter().enumerate() {
        let Some(mut column) = group.next_column()? else { break };
        let cells = || rows.iter().map(|row| row.get(i).unwrap_or(&Cell::Null));
        match kind {
            Kind::Int => write::<Int64Type>(&mut column, cells().map(|c| if let Cell::Int(n) = c { Some(*n) } else { None }))?,
            Kind::Float => write::<DoubleType>(&mut column, cells().map(|c| if let Cell::Float(x) = c { Some(*x) } else { None }))?,
            Kind::Bool => write::<BoolType>(&mut column, cells().map(|c| if let Cell::Bool(b) = c { Some(*b) } else { None }))?,
            Kind::Text => {
                let text = |c: &Cell| if let Cell::Text(t) = c { Some(ByteArray::from(t.as_str())) } else { None };
                write::<ByteArrayType>(&mut column, cells().map(text))?;
            }
        }
        column.close()?;
    }
    group.close().map(drop)
}

/// One column: its values, and for every row whether it has one.
fn write<T: DataType>(column: &mut SerializedColumnWriter, cells: impl Iterator<Item = Option<T::T>>) -> Result<(), ParquetError> {
    let mut levels = Vec::new();
    let mut values = Vec::new();
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    column.typed::<T>().write_batch(&values, Some(&levels), None).map(drop)
}

fn schema(table: &Table) -> Result<Type, ParquetError> {
    let column = |(name, kind): &(String, Kind)| {
        let (physical, logical) = match kind {
            Kind::Int => (Physical::INT64, None),
            Kind::Float => (Physical::DOUBLE, None),
            Kind::Bool => (Physical::BOOLEAN, None),
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL).with_logical_type(logical);
        builder.build().map(Arc::new)
    };
    let fields = table.columns.iter().map(column).collect::<Result<_, _>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build()
}

fn failed(path: &std::path::Path, error: ParquetError) -> Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(io) => Error::io(Some(path), *io),
            Err(other) => Error::usage(format!("{}: {other}", path.display())),
        },
        other => Error::usage(format!("{}: {}", path.display(), other.to_string().to_lowercase())),
    }
}
