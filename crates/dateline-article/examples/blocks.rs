//! Prints what is read of each file, one block a line: `cargo run -p dateline-article --example blocks -- FILE…`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use dateline_article::Articles;
use std::fs::File;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        for article in Articles::open(path.clone(), Box::new(File::open(&path)?)) {
            let article = match article {
                Ok(article) => article,
                Err(error) => {
                    eprintln!("{error}");
                    continue;
                }
            };
            println!("{} {}", article.id, article.source);
            println!("  title      {:?}", article.title);
            println!("  standfirst {:?}", article.standfirst);
            println!(
                "  byline     {:?}, located {:?}, agencies {:?}",
                article.byline, article.located, article.agencies
            );
            println!("  publisher  {:?}, section {:?}", article.publisher, article.section);
            println!("  published  {:?}, language {:?}", article.published, article.language);
            for block in &article.blocks {
                println!("{:>12} {}", block.kind.as_str(), block.span.of(&article.text));
            }
        }
    }
    Ok(())
}
