//! `chancery completions SHELL`.

use crate::End;
use clap::CommandFactory;

/// Print a completion script, e.g. `chancery completions bash > ~/.local/share/bash-completion/completions/chancery`
#[derive(clap::Args)]
pub struct Args {
    /// Which shell
    shell: clap_complete::Shell,
}

pub fn run<C: CommandFactory>(args: Args) -> Result<End, String> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "chancery", &mut script);
    super::print(&String::from_utf8_lossy(&script))
}
