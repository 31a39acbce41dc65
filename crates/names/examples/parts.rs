//! Prints the parts of names of organisations, one a line of standard input.
use names::OrganisationName;

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let parts: Vec<String> = OrganisationName::parse(&line)
            .parts()
            .iter()
            .map(|part| format!("{}:{}", part.kind.code(), part.written))
            .collect();
        println!("{line} => {}", parts.join(" | "));
    }
}
