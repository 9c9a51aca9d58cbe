//! The vectors run natively and in WebAssembly (`make test` runs both), so that a phone seals what the server opens.

use super::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// RFC 9180, appendix A.2.1: base mode, sequence number 0.
mod rfc {
    pub const INFO: &str = "4f6465206f6e2061204772656369616e2055726e";
    pub const IKM_E: &str = "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b";
    pub const PK_E: &str = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
    pub const IKM_R: &str = "1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df";
    pub const PK_R: &str = "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
    pub const PT: &str = "4265617574792069732074727574682c20747275746820626561757479";
    pub const AAD: &str = "436f756e742d30";
    pub const CT: &str = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn key(hex: &str) -> [u8; KEY_BYTES] {
    bytes(hex).try_into().unwrap()
}

#[test]
fn published_vector_comes_out() {
    let secret = SecretKey::derive(&key(rfc::IKM_R));
    assert_eq!(secret.public().as_bytes()[..], bytes(rfc::PK_R));
    let (encapsulated, ciphertext) =
        encipher(&secret.public(), &bytes(rfc::INFO), &bytes(rfc::AAD), &bytes(rfc::PT), key(rfc::IKM_E)).unwrap();
    assert_eq!(encapsulated[..], bytes(rfc::PK_E));
    assert_eq!(ciphertext, bytes(rfc::CT));
}

/// What this suite made of one message when it was introduced. It must be opened for ever: phones hold such bytes.
#[test]
fn what_was_sealed_once_is_sealed_and_opened_alike() {
    let secret = SecretKey::derive(&key(rfc::IKM_R));
    let sealed =
        seal(&secret.public(), b"entaku/intake/v1", b"about", "{\"a\":\"円卓\"}".as_bytes(), key(rfc::IKM_E)).unwrap();
    assert_eq!(sealed.len(), OVERHEAD + STEP);
    assert_eq!(sealed[..33], [&[1][..], &bytes(rfc::PK_E)].concat());
    let digest = sealed
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(format!("{digest:016x}"), FROZEN);
    assert_eq!(open(&secret, b"entaku/intake/v1", b"about", &sealed).unwrap(), "{\"a\":\"円卓\"}".as_bytes());
}

/// FNV-1a of those bytes.
const FROZEN: &str = "bc6b92741b294e62";

#[test]
fn every_length_comes_back_and_shows_in_steps_only() {
    let secret = SecretKey::derive(&[7; KEY_BYTES]);
    for length in [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP - 1, 5_000] {
        for last in [0, 0x80, 1] {
            let mut message = vec![0x80; length];
            if let Some(end) = message.last_mut() {
                *end = last;
            }
            let sealed = seal(&secret.public(), b"p", b"a", &message, [3; KEY_BYTES]).unwrap();
            assert_eq!((sealed.len() - OVERHEAD) % STEP, 0);
            assert_eq!(open(&secret, b"p", b"a", &sealed).unwrap(), message, "{length}");
        }
    }
}

#[test]
fn nobody_else_opens_it_and_no_changed_byte_passes() {
    let secret = SecretKey::derive(&[7; KEY_BYTES]);
    let sealed = seal(&secret.public(), b"p", b"a", b"answers", [3; KEY_BYTES]).unwrap();
    let other = SecretKey::derive(&[8; KEY_BYTES]);
    assert_eq!(open(&other, b"p", b"a", &sealed), Err(OpenError::NotForThis));
    assert_eq!(open(&secret, b"q", b"a", &sealed), Err(OpenError::NotForThis));
    assert_eq!(open(&secret, b"p", b"b", &sealed), Err(OpenError::NotForThis));
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(open(&secret, b"p", b"a", &changed).is_err(), "byte {at}");
        assert!(open(&secret, b"p", b"a", &sealed[..at]).is_err(), "cut at {at}");
    }
    let other_suite = [&[2], &sealed[1..]].concat();
    assert_eq!(open(&secret, b"p", b"a", &other_suite), Err(OpenError::UnknownForm));
    assert_eq!(open(&secret, b"p", b"a", &[]), Err(OpenError::UnknownForm));
}

#[test]
fn what_is_no_key_seals_nothing() {
    // Points of small order: whoever could pass one in as a key would read everything.
    for weak in [[0; KEY_BYTES], key("0100000000000000000000000000000000000000000000000000000000000000")] {
        assert_eq!(seal(&PublicKey::from_bytes(weak), b"p", b"a", b"answers", [3; KEY_BYTES]), None);
    }
}

#[test]
fn same_entropy_gives_the_same_bytes_and_other_entropy_others() {
    let to = SecretKey::derive(&[7; KEY_BYTES]).public();
    let sealed = |entropy| seal(&to, b"p", b"a", b"answers", [entropy; KEY_BYTES]).unwrap();
    assert_eq!(sealed(1), sealed(1));
    assert_ne!(sealed(1), sealed(2));
}
