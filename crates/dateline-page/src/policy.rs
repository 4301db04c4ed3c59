use base64::Engine;
use sha2::{Digest, Sha256};

/// The content security policy of a page with this one style sheet: nothing else may be loaded, run or sent.
pub(crate) fn policy(style: &str) -> String {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_style_sheet_is_named_by_its_hash() {
        // SHA-256 of nothing, a value known to all.
        assert!(super::policy("").contains("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"));
    }
}
