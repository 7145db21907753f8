// Package wenshu is the root of the module: it holds no code, only the test
// that guards which room may import which.
package wenshu
