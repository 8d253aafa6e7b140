//! stub
pub fn resolve(text: &str, _anchor: Option<jiff::civil::Date>, _is_ahead: bool) -> chancery_record::When {
    chancery_record::When { start: None, end: None, precision: chancery_record::DatePrecision::Unknown, text: Some(text.to_owned()), basis: chancery_record::DateBasis::Unknown }
}
