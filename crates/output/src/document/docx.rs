//! A document as a Word file (Office Open XML, ECMA-376): real footnotes, A4, styles that Word's own commands know. The same bytes each time.
//!
//! Word numbers footnotes by itself, in the order of the text, which is that of [`Document::notes`]. A line that names an earlier note refers
//! to its number (`NOTEREF`).

use super::{Document, Line, Note, more};
use crate::terminal::clean;
use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::io::Write;

const TYPES: &str = include_str!("docx/types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const DOCUMENT_RELATIONS: &str = include_str!("docx/document_relations.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const FOOTER: &str = include_str!("docx/footer.xml");

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// A4 with margins of 18 mm, in twentieths of a point.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"1020\" w:right=\"1020\" w:bottom=\"1020\" w:left=\"1020\" w:header=\"567\" w:footer=\"510\" w:gutter=\"0\"/></w:sectPr>";

/// The bytes of the file.
pub fn written(document: &Document) -> Vec<u8> {
    let body = body(document);
    let (notes, links) = notes(&document.notes);
    let core = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>chancery</dc:creator></cp:coreProperties>",
        escaped(&document.title)
    );
    let files: [(&str, &str); 10] = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &body),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/settings.xml", SETTINGS),
        ("word/footnotes.xml", &notes),
        ("word/footer1.xml", FOOTER),
    ];
    let relations = links.as_deref().map(|l| ("word/_rels/footnotes.xml.rels", l));
    packed(files.into_iter().chain(relations)).expect("writing to memory does not fail")
}

/// The files in one archive.
fn packed<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Result<Vec<u8>, rawzip::Error> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, text) in files {
        let (mut entry, config) = archive.new_file(name).compression_method(CompressionMethod::DEFLATE).start()?;
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(text.as_bytes()).map_err(rawzip::Error::from)?;
        let (encoder, sizes) = writer.finish()?;
        encoder.finish().map_err(rawzip::Error::from)?;
        entry.finish(sizes)?;
    }
    archive.finish()?;
    Ok(out)
}

fn body(document: &Document) -> String {
    let mut seen = vec![false; document.notes.len()];
    let mut out = format!("{HEAD}<w:document {SPACES}><w:body>{}", paragraph("Title", &run(&document.title, "")));
    out.extend(document.lead.iter().map(|l| paragraph("Subtitle", &run(l, ""))));
    for section in &document.sections {
        out.push_str(&paragraph("Heading1", &run(&section.title, "")));
        for line in &section.lines {
            out.push_str(&paragraph("ListBullet", &content(line, &mut seen)));
        }
        out.extend(more(section.more).map(|m| paragraph("Remark", &run(&m, ""))));
    }
    out.extend(document.end.iter().map(|l| paragraph("Remark", &run(l, ""))));
    out + SECTION + "</w:body></w:document>"
}

/// The runs of a line and its footnote marks; `seen` are the notes that an earlier line has.
fn content(line: &Line, seen: &mut [bool]) -> String {
    let mut out: String = line.runs.iter().map(|r| run(&r.words(), if r.is_strong() { "<w:b/>" } else { "" })).collect();
    for (i, note) in line.notes.iter().enumerate() {
        let Some(seen) = seen.get_mut(*note) else { continue };
        if i > 0 {
            out.push_str(&run(",\u{202f}", MARK));
        }
        let n = note + 1;
        out.push_str(&match std::mem::replace(seen, true) {
            false => format!(
                "<w:bookmarkStart w:id=\"{n}\" w:name=\"_RefNote{n}\"/><w:r><w:rPr>{MARK}</w:rPr><w:footnoteReference w:id=\"{n}\"/></w:r>\
                 <w:bookmarkEnd w:id=\"{n}\"/>"
            ),
            true => format!("<w:fldSimple w:instr=\" NOTEREF _RefNote{n} \\f \\h \">{}</w:fldSimple>", run(&n.to_string(), MARK)),
        });
    }
    out
}

const MARK: &str = "<w:rStyle w:val=\"FootnoteReference\"/>";

/// The footnotes, and the addresses that they link to.
fn notes(notes: &[Note]) -> (String, Option<String>) {
    let mut out = format!(
        "{HEAD}<w:footnotes {SPACES}><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>"
    );
    let mut links = String::new();
    for (n, note) in notes.iter().enumerate().map(|(i, note)| (i + 1, note)) {
        let link = note.link().map(|url| {
            links.push_str(&format!(
                "<Relationship Id=\"rId{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
                 Target=\"{}\" TargetMode=\"External\"/>",
                escaped(url)
            ));
            format!("{}<w:hyperlink r:id=\"rId{n}\">{}</w:hyperlink>", run(" ", ""), run(url, "<w:rStyle w:val=\"Hyperlink\"/>"))
        });
        let text = format!(
            "<w:r><w:rPr>{MARK}</w:rPr><w:footnoteRef/></w:r>{}{}{}",
            run(&format!(" {}", note.words()), ""),
            link.unwrap_or_default(),
            run(&format!(" {}", note.ids.join(" ")), "<w:rStyle w:val=\"Id\"/>")
        );
        out.push_str(&format!("<w:footnote w:id=\"{n}\">{}</w:footnote>", paragraph("FootnoteText", &text)));
    }
    out.push_str("</w:footnotes>");
    let links = (!links.is_empty()).then(|| {
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{links}</Relationships>")
    });
    (out, links)
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

fn run(text: &str, properties: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// Text as XML; characters that XML does not allow become U+FFFD.
fn escaped(text: &str) -> String {
    let text = clean(text).replace('\n', " ").replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
