package api

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/golang/freetype/truetype"
)

// woff is Noto Sans SC (SIL Open Font License, fonts/OFL.txt) as the web ships
// it, which is smaller than the font itself.
//
//go:embed fonts/noto-sans-sc.woff
var woff []byte

// pictureFont is the font of pictures, unpacked when the first is drawn.
var pictureFont = sync.OnceValues(func() (*truetype.Font, error) {
	sfnt, err := unpackWOFF(woff)
	if err != nil {
		return nil, fmt.Errorf("unpack font: %w", err)
	}
	return truetype.Parse(sfnt)
})

// The sizes of the parts of both containers, in bytes (WOFF 1.0, sections 3 and
// 4; OpenType, font file).
const (
	woffHeader, woffEntry = 44, 20
	sfntHeader, sfntEntry = 12, 16
)

var errWOFF = errors.New("not a WOFF font")

// unpackWOFF turns a WOFF font into the font that it holds.
func unpackWOFF(b []byte) ([]byte, error) {
	if len(b) < woffHeader || string(b[:4]) != "wOFF" {
		return nil, errWOFF
	}
	n := int(binary.BigEndian.Uint16(b[12:]))
	if len(b) < woffHeader+n*woffEntry {
		return nil, errWOFF
	}
	var head, body bytes.Buffer
	head.Write(b[4:8])
	head.Write(searchFields(n))
	for i := range n {
		entry := b[woffHeader+i*woffEntry:][:woffEntry]
		table, err := unpackTable(b, entry)
		if err != nil {
			return nil, err
		}
		head.Write(entry[:4])    // tag
		head.Write(entry[16:20]) // checksum
		head.Write(binary.BigEndian.AppendUint32(nil, uint32(sfntHeader+n*sfntEntry+body.Len())))
		head.Write(entry[12:16]) // length
		body.Write(table)
		body.Write(make([]byte, -len(table)&3))
	}
	return append(head.Bytes(), body.Bytes()...), nil
}

// searchFields are the number of tables and what helps to search them.
func searchFields(n int) []byte {
	selector := 0
	for 2<<selector <= n {
		selector++
	}
	b := binary.BigEndian.AppendUint16(nil, uint16(n))
	b = binary.BigEndian.AppendUint16(b, uint16(16<<selector))
	b = binary.BigEndian.AppendUint16(b, uint16(selector))
	return binary.BigEndian.AppendUint16(b, uint16(n*16-16<<selector))
}

// unpackTable is one table, which may be compressed.
func unpackTable(b, entry []byte) ([]byte, error) {
	offset, packed, size := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
	if uint64(offset)+uint64(packed) > uint64(len(b)) || packed > size {
		return nil, errWOFF
	}
	data := b[offset:][:packed]
	if packed == size {
		return data, nil
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	table := make([]byte, size)
	if _, err := io.ReadFull(r, table); err != nil {
		return nil, err
	}
	return table, r.Close()
}
