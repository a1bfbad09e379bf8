//! How long cards take: `cargo bench --bench cards`.
//!
//! Draws 200 cards on one thread with the default theme's files, half of them
//! with a photo, and prints milliseconds and bytes of each; then the same on
//! all threads. Run as a test it draws two.

#![allow(clippy::disallowed_methods, reason = "a benchmark measures time")]

use std::collections::BTreeMap;
use std::time::Instant;

use rayon::prelude::*;
use tintot::card::{Deck, SIZE, Words};
use tintot::picture::Pixels;
use tintot::theme::builtin_files;

const TITLES: [&str; 4] = [
    "Chị Lan trồng cây trên đồi trọc",
    "Khép lại Tháng cao điểm trên đảo bằng một buổi dọn bãi",
    "Câu xin lỗi viết trên bảng đen và buổi chiều cả đội bóng cùng đi vớt rác dưới con kênh mà trước đó chính họ vẫn quen tay ném chai nước xuống",
    "Ba mươi căn nhà nhân ái",
];

fn main() {
    let bench = std::env::args().any(|arg| arg == "--bench");
    let files = builtin_files();
    let own =
        files.iter().filter_map(|file| Some((file.name.strip_prefix("cards/")?, &file.bytes)));
    let own: BTreeMap<&str, &[u8]> = own.map(|(name, bytes)| (name, &bytes[..])).collect();
    let began = Instant::now();
    let deck = Deck::load(&own, &[]).expect("files that can be used").expect("cards");
    println!("loading: {:.2} ms", began.elapsed().as_secs_f64() * 1000.0);
    let (width, height) = deck.photo_size().expect("a photo");
    let data = (0..width * height * 3).map(|n| (n / 97 % 251) as u8).collect();
    let photo = Pixels { width, height, alpha: false, data };
    let count = if bench { 100 } else { 1 };
    let words: Vec<Words> = (0..count).map(words).collect();
    for (name, photo) in [("plain", None), ("with a photo", Some(&photo))] {
        // The ground, once.
        drop(deck.draw(&words[0], photo));
        let began = Instant::now();
        let bytes: usize =
            words.iter().map(|words| deck.draw(words, photo).expect("a card").len()).sum();
        let each = began.elapsed().as_secs_f64() * 1000.0 / count as f64;
        println!("{name}: {each:.2} ms, {} bytes each", bytes / count);
    }
    let began = Instant::now();
    words.par_iter().for_each(|words| drop(deck.draw(words, None)));
    let each = began.elapsed().as_secs_f64() * 1000.0 / count as f64;
    println!("{} threads: {each:.2} ms each", rayon::current_num_threads());
    assert_eq!(SIZE, (1200, 630));
}

fn words(number: usize) -> Words {
    Words {
        title: TITLES[number % TITLES.len()].to_owned(),
        section: "Gương sáng".to_owned(),
        unit: format!("Đoàn xã Minh Họa {number}"),
        date: "17/10/2025".to_owned(),
        badge: "Mỗi ngày một tin tốt".to_owned(),
        site: "Mỗi ngày một tin tốt".to_owned(),
    }
}
