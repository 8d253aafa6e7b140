//! `chancery kb update`: other people's data into the user's folder.

use super::review::{Folder, Rows, listed, print_all};
use crate::{
    End,
    command::{Parts, kb::day},
    input::reason,
};
use chancery_knowledge::{
    Knowledge,
    upkeep::{self, Gathered, Plan, plan},
};
use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

/// Lines of the queue and of refusals that are shown.
const SHOWN: usize = 20;

/// Read other people's data into a folder: new current holders into its tables, everything else into its review.tsv
///
/// csv: columns of persons.tsv. sparql-json: results of the query in docs/knowledge-format.md. wikidata-dump: an entity a line, also .gz.
/// phoenix: an actor dictionary of the PETRARCH family. geonames: cities15000.txt and the like, admin1CodesASCII.txt beside it.
/// What changes is printed first. A result that would lose rows or have problems is refused.
#[derive(clap::Args)]
pub struct Args {
    /// What the files are
    #[arg(long, value_parser = ["csv", "sparql-json", "wikidata-dump", "phoenix", "geonames"])]
    from: String,
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder, an overlay or a whole knowledge directory; made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// When the data were true: the day of the query or dump (2026-11-20); needed for Wikidata
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Accept a later as-of date of holders that are known already
    #[arg(long)]
    confirm: bool,
    /// Accept nothing: all goes to review.tsv
    #[arg(long, conflicts_with = "confirm")]
    review_all: bool,
    /// Leave out tenures that ended before this day
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Say what would change, write nothing
    #[arg(long)]
    dry_run: bool,
}

pub fn run(args: Args, parts: &Parts) -> Result<End, String> {
    let (as_of, since) = (day(args.as_of.clone())?, day(args.since.clone())?);
    let today = jiff::ZonedDateTime::now().date().to_string();
    let mut folder = Folder::open(&args.into, parts)?;
    let knowledge = Knowledge::of(&folder.before).map_err(|e| e.to_string())?;
    let mut gathered = gather(&args, as_of.as_deref(), &knowledge)?;
    let refused = &mut gathered.refused;
    gathered.claims.retain(|c| {
        let is_seen = !is_before(&today, &c.asof);
        if !is_seen {
            refused.push(format!("{}: {} was seen in office on {}, which is still to come; mend the date", c.place, c.name, c.asof));
        }
        is_seen
    });
    let all = gathered.claims.len();
    gathered.claims.retain(|c| c.to.is_empty() || since.as_ref().is_none_or(|since| !is_before(&c.to, since)));
    if gathered.claims.len() < all {
        gathered.skipped.insert("a tenure that ended before --since", all - gathered.claims.len());
    }
    let Plan { mut accepted, mut review, known } = plan(&knowledge, &gathered.claims, args.confirm);
    if args.review_all {
        review.append(&mut accepted);
    }
    review.append(&mut gathered.proposals);
    let mut rows = Rows::new();
    for (i, row) in accepted.iter().enumerate() {
        rows.entry(row.table.clone()).or_default().insert(i + 2, row.cells.clone());
    }
    let change = folder
        .change(&rows, "accepted rows")
        .map_err(|e| if args.review_all { e } else { format!("{e}\nwith --review-all all rows go to review.tsv") })?;
    let new = folder.queue.add(&review);
    let queue = folder.queue_path();
    let mut said = change.said.clone();
    if !review.is_empty() {
        said.push_str(&format!("for review\n{}", listed(&review, SHOWN)));
    }
    print_all(&said)?;
    sum(&gathered, known, accepted.len(), review.len(), new, &queue);
    if args.dry_run {
        eprintln!("nothing is written (--dry-run)");
    } else {
        folder.write(&change)?;
    }
    Ok(if gathered.refused.is_empty() { End::Done } else { End::SomeFailed })
}

/// Whether a date lies before another, as far as both are known.
fn is_before(a: &str, b: &str) -> bool {
    let known = a.len().min(b.len());
    a.get(..known) < b.get(..known)
}

/// Says on stderr what was not taken, and the totals.
fn sum(gathered: &Gathered, known: usize, accepted: usize, review: usize, new: usize, queue: &Path) {
    gathered.refused.iter().take(SHOWN).for_each(|r| eprintln!("chancery: not taken: {r}"));
    if gathered.refused.len() > SHOWN {
        eprintln!("chancery: ... and {} more not taken", gathered.refused.len() - SHOWN);
    }
    gathered.skipped.iter().for_each(|(why, n)| eprintln!("chancery: left out: {n} times {why}"));
    let known = known + gathered.known;
    eprintln!("{known} known, {accepted} rows accepted, {review} for review ({new} of them new in {})", queue.display());
}

fn gather(args: &Args, as_of: Option<&str>, k: &Knowledge) -> Result<Gathered, String> {
    let needed = || as_of.ok_or_else(|| format!("--from {} needs --as-of, the day on which the data were true", args.from));
    let shown = |file: &Path| file.display().to_string();
    if args.from == "geonames" {
        let files = args.files.iter().map(|f| Ok((shown(f), open(f)?))).collect::<Result<Vec<_>, String>>()?;
        return upkeep::geonames(k, files).map_err(|e| e.to_string());
    }
    let mut all = Gathered::default();
    for file in &args.files {
        let (name, lines) = (shown(file), open(file)?);
        let found = match args.from.as_str() {
            "csv" => upkeep::text(&name, lines).and_then(|text| upkeep::csv(k, &name, &text, as_of)),
            "sparql-json" => {
                let asked = needed()?;
                upkeep::text(&name, lines).and_then(|text| upkeep::sparql(k, &name, &text, asked))
            }
            "wikidata-dump" => upkeep::dump(k, &name, lines, needed()?),
            _ => upkeep::phoenix(k, &name, lines, as_of.unwrap_or(upkeep::PHOENIX_AS_OF)),
        };
        all.join(found.map_err(|e| e.to_string())?);
    }
    Ok(all)
}

/// Opens a file, unpacking gzip.
fn open(file: &Path) -> Result<Box<dyn BufRead>, String> {
    let fail = |e: io::Error| format!("{}: {}", file.display(), reason(&e));
    let mut reader = BufReader::new(File::open(file).map_err(fail)?);
    let is_gzip = reader.fill_buf().map_err(fail)?.starts_with(&[0x1f, 0x8b]);
    Ok(if is_gzip { Box::new(BufReader::new(flate2::read::MultiGzDecoder::new(reader))) } else { Box::new(reader) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_far_as_both_are_known() {
        assert!(is_before("2015", "2016-01-01") && is_before("2026-11-26", "2206"));
        assert!(!is_before("2015", "2015-06-01") && !is_before("2026-11-26", "2026-11") && !is_before("2026-11-26", ""));
    }
}
