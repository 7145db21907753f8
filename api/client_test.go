package api

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// described is the description of the API with its router.
var described = sync.OnceValues(func() (routers.Router, error) {
	doc, err := openapi3.NewLoader().LoadFromData(openapiFile)
	if err != nil {
		return nil, err
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, err
	}
	return gorillamux.NewRouter(doc)
})

// reply is a response that was found to be as described.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) decode(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal(r.body, into); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
}

// problem is the body of a refusal.
func (r reply) problem(t *testing.T) problem {
	t.Helper()
	if got := r.header.Get("Content-Type"); got != mimeProblem {
		t.Fatalf("content type %q with status %d: %s", got, r.status, r.body)
	}
	var p problem
	r.decode(t, &p)
	if p.Status != r.status || p.Title == "" || p.Type != "urn:wenshu:problem:"+p.Code || p.RequestID != r.header.Get("X-Request-Id") {
		t.Errorf("problem %+v with status %d", p, r.status)
	}
	return p
}

// request makes a request with headers as "Name: value".
func request(method, path, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// call sends a request to a server and holds the response to the description.
func call(t *testing.T, s *Server, r *http.Request) reply {
	t.Helper()
	recorder := httptest.NewRecorder()
	s.Handler().ServeHTTP(recorder, r)
	got := reply{recorder.Code, recorder.Header(), recorder.Body.Bytes()}
	router, err := described()
	if err != nil {
		t.Fatal(err)
	}
	route, params, err := router.FindRoute(r)
	if err != nil {
		return got // nothing is promised about what is not described
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 got.status, Header: got.header, Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	input.SetBodyBytes(bytes.Clone(got.body))
	if media := got.header.Get("Content-Type"); got.status == http.StatusOK && !strings.Contains(media, "json") {
		return got // events are looked at one by one; YAML and files are not decoded
	}
	if err := openapi3filter.ValidateResponse(t.Context(), input); err != nil {
		t.Errorf("%s %s: the response is not as described: %v\n%s", r.Method, r.URL.Path, err, got.body)
	}
	return got
}

// post sends a JSON body as a sample viewer.
func post(t *testing.T, s *Server, viewer, path, body string, headers ...string) reply {
	t.Helper()
	return call(t, s, request(http.MethodPost, path, body, append(headers, sampleHeader+": "+viewer)...))
}

func get(t *testing.T, s *Server, viewer, path string, headers ...string) reply {
	t.Helper()
	return call(t, s, request(http.MethodGet, path, "", append(headers, sampleHeader+": "+viewer)...))
}
