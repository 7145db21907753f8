package api

import (
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"wenshu/answer"
)

// metrics are the numbers that operators watch. Labels are closed sets: routes,
// statuses, kinds, codes and rooms, never anything that a person typed.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	answers   *prometheus.CounterVec
	rooms     *prometheus.HistogramVec
	answering prometheus.Gauge
}

// rooms are the parts of an answer's time that are measured.
var rooms = map[string]bool{"read": true, "bind": true, "compile": true, "run": true, "word": true}

func newMetrics() *metrics {
	quick := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_http_requests_total", Help: "Requests by method, route and status.",
		}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenshu_http_request_seconds", Help: "Time from a request to the end of its response.", Buckets: quick,
		}, []string{"method", "route"}),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_answers_total", Help: "Answers by kind and, where there is one, the code of the first problem.",
		}, []string{"kind", "code"}),
		rooms: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenshu_answer_seconds", Help: "Time of an answer by part.", Buckets: quick,
		}, []string{"part"}),
		answering: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "wenshu_answering", Help: "Questions being answered.",
		}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.answers, m.rooms, m.answering,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count counts an answer.
func (m *metrics) count(a *answer.Answer) {
	code := ""
	if len(a.Problems) > 0 {
		code = string(a.Problems[0].Code)
	}
	m.answers.WithLabelValues(string(a.Kind), code).Inc()
	for _, t := range a.Timings {
		if rooms[t.Room] {
			m.rooms.WithLabelValues(t.Room).Observe(float64(t.Micros) / 1e6)
		}
	}
}

func (s *Server) metricsText(c echo.Context) error {
	if err := s.writeWithin(c); err != nil {
		return err
	}
	promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(c.Response(), c.Request())
	return nil
}
