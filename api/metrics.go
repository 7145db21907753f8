package api

import (
	"time"

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
var rooms = map[string]bool{"read": true, "second": true, "bind": true, "compile": true, "run": true, "word": true}

func newMetrics(models *ModelCalls, bots *BotCalls) *metrics {
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
	if models != nil {
		m.registry.MustRegister(models.collectors()...)
	}
	if bots != nil {
		m.registry.MustRegister(bots.collectors()...)
	}
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

// ModelCalls are the metrics of language models, by endpoint. It is safe for
// concurrent use.
type ModelCalls struct {
	calls   *prometheus.CounterVec
	tokens  *prometheus.CounterVec
	cost    *prometheus.CounterVec
	seconds *prometheus.HistogramVec
}

// NewModelCalls returns metrics that Config.ModelCalls shows.
func NewModelCalls() *ModelCalls {
	return &ModelCalls{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_llm_calls_total", Help: "Calls of language models by endpoint and outcome: ok, reply, busy, failed, open, cancelled.",
		}, []string{"endpoint", "outcome"}),
		tokens: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_llm_tokens_total", Help: "Tokens of prompts (in) and replies (out).",
		}, []string{"endpoint", "direction"}),
		cost: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_llm_cost_total", Help: "Cost of calls, in the currency of the configured prices.",
		}, []string{"endpoint"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenshu_llm_seconds", Help: "Time of a call.", Buckets: []float64{.1, .25, .5, 1, 2, 4, 8, 12, 20},
		}, []string{"endpoint"}),
	}
}

// Observe counts one call.
func (m *ModelCalls) Observe(endpoint, outcome string, in, out int, cost float64, took time.Duration) {
	m.calls.WithLabelValues(endpoint, outcome).Inc()
	if took == 0 {
		return // it was not made
	}
	m.tokens.WithLabelValues(endpoint, "in").Add(float64(in))
	m.tokens.WithLabelValues(endpoint, "out").Add(float64(out))
	m.cost.WithLabelValues(endpoint).Add(cost)
	m.seconds.WithLabelValues(endpoint).Observe(took.Seconds())
}

func (m *ModelCalls) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.calls, m.tokens, m.cost, m.seconds}
}
