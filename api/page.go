package api

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
)

// pageTypes are the kinds of files that a page may have.
var pageTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png",
}

// page is the files of the page, read once: a request names one of them or
// finds nothing, so that no path leads out of them.
type page struct{ files map[string]pageFile }

type pageFile struct {
	body      []byte
	mime, tag string
}

// readPage reads the files at the root of a file system; nil for none.
func readPage(files fs.FS) (*page, error) {
	if files == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	p := &page{map[string]pageFile{}}
	for _, e := range entries {
		mime, ok := pageTypes[path.Ext(e.Name())]
		if e.IsDir() || !ok {
			return nil, fmt.Errorf("read page: %s is no file of a page", e.Name())
		}
		body, err := fs.ReadFile(files, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read page: %w", err)
		}
		hash := sha256.Sum256(body)
		p.files[e.Name()] = pageFile{body, mime, `"` + hex.EncodeToString(hash[:12]) + `"`}
	}
	if _, ok := p.files["index.html"]; !ok {
		return nil, fmt.Errorf("read page: %w: index.html", fs.ErrNotExist)
	}
	return p, nil
}

// pageFile serves index.html at / and the other files under /assets. Browsers
// ask every time whether a file has changed.
func (s *Server) pageFile(c echo.Context) error {
	name := c.Param("name")
	if name == "" {
		name = "index.html"
	}
	file, ok := s.page.files[name]
	if !ok {
		return fault{code: notFound}
	}
	if err := s.writeWithin(c); err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", file.tag)
	if c.Request().Header.Get("If-None-Match") == file.tag {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, file.mime, file.body)
}
