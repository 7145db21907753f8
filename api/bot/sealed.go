package bot

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// sealBlock is the block that a sealed message is padded to, in bytes. It is
// not the block of the cipher.
const sealBlock = 32

// seal is the envelope that WeCom and DingTalk put around their callbacks:
// AES-256-CBC with the first bytes of the key as vector, 16 random bytes, a
// length, the message and the receiver it is meant for, and a SHA-1 over the
// sorted parts.
type seal struct {
	token    string
	key      []byte
	receiver string // whom a message must be meant for
}

// newSeal returns the seal of a token and of the key as the vendor's console
// shows it, 43 characters.
func newSeal(token, encodedKey, receiver string) (seal, error) {
	key, err := base64.StdEncoding.DecodeString(encodedKey + "=")
	if err != nil || len(key) != 32 {
		return seal{}, errors.New("the key of callbacks has 43 characters of Base64")
	}
	if token == "" {
		return seal{}, errors.New("the token of callbacks is empty")
	}
	return seal{token, key, receiver}, nil
}

// sign is the signature of a sealed message.
func (s seal) sign(timestamp, nonce, sealed string) string {
	parts := []string{s.token, timestamp, nonce, sealed}
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, "")))
	return hex.EncodeToString(sum[:])
}

// open checks the signature and returns the message inside. Whatever is wrong has
// one error: which step failed would help to forge.
func (s seal) open(signature, timestamp, nonce, sealed string) ([]byte, error) {
	if !same(s.sign(timestamp, nonce, sealed), signature) {
		return nil, ErrForged
	}
	b, err := decryptCBC(s.key, s.key[:aes.BlockSize], sealed, sealBlock)
	if err != nil || len(b) < 20 {
		return nil, ErrForged
	}
	size := int64(binary.BigEndian.Uint32(b[16:20]))
	if size > int64(len(b)-20) || !same(string(b[20+size:]), s.receiver) {
		return nil, ErrForged
	}
	return b[20 : 20+size], nil
}

// shut seals a message behind 16 bytes that nobody can guess.
func (s seal) shut(random [16]byte, message []byte) (string, error) {
	b := slices.Clone(random[:])
	b = binary.BigEndian.AppendUint32(b, uint32(len(message)))
	b = append(append(b, message...), s.receiver...)
	pad := sealBlock - len(b)%sealBlock
	for range pad {
		b = append(b, byte(pad))
	}
	block, err := aes.NewCipher(s.key)
	if err != nil {
		return "", fmt.Errorf("seal a message: %w", err)
	}
	cipher.NewCBCEncrypter(block, s.key[:aes.BlockSize]).CryptBlocks(b, b)
	return base64.StdEncoding.EncodeToString(b), nil
}

// shutFor seals the reply to a callback. What nobody can guess follows from the
// key and the message.
func (s seal) shutFor(timestamp, nonce string, message []byte) (string, error) {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(timestamp + nonce))
	mac.Write(message)
	return s.shut([16]byte(mac.Sum(nil)), message)
}

// decryptCBC opens a Base64 text and takes its padding of at most block bytes
// off. Strict Base64 and a whole padding leave one text for one message.
func decryptCBC(key, vector []byte, text string, block int) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) == 0 || len(b)%aes.BlockSize != 0 {
		return nil, ErrForged
	}
	c, err := aes.NewCipher(key)
	if err != nil {
		return nil, ErrForged
	}
	cipher.NewCBCDecrypter(c, vector).CryptBlocks(b, b)
	pad := int(b[len(b)-1])
	if pad == 0 || pad > block || pad > len(b) {
		return nil, ErrForged
	}
	for _, p := range b[len(b)-pad:] {
		if int(p) != pad {
			return nil, ErrForged
		}
	}
	return b[:len(b)-pad], nil
}

// same compares two secrets in a time that does not depend on what they hold.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
