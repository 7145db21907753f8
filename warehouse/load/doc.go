// Package load creates tables in a database and fills them with typed rows.
//
// It is how data enters an engine: the demo company, test fixtures and the
// same data on every engine that is supported. A [Table] is a small neutral
// schema, a [Loader] is one engine's way to create and fill it, and a new
// engine is one more file with one more Loader.
//
// The package knows types, keys and indexes. It knows nothing of metrics, and
// nothing that answers a question may import it: it is the only package that
// writes to a warehouse.
package load
