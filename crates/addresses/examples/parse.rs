//! Prints the parts of the addresses given as arguments.

fn main() {
    for text in std::env::args().skip(1) {
        println!("{:?}", addresses::parse(&text));
    }
}
