package draft

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"wenshu/semantic"
	"wenshu/warehouse"
)

const probedModel = `model: {name: probed, warehouse: main}
tables:
  segments: {key: k, dimensions: {k: , segment: }}
  orders:
    key: id
    joins:
      segment: {to: segments, on: k}
    dimensions:
      id: {type: int}
      amount: {type: float}
      ordered_on: {type: {type: date, layout: 02/01/2006}}
      phone: {type: int, index: never}
metrics:
  amount: {expr: sum(orders.amount)}
`

func TestProbe(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"sound", `
			CREATE TABLE segments (k TEXT, segment TEXT); INSERT INTO segments VALUES ('a', 'A'), ('b', 'B'), (NULL, 'none');
			CREATE TABLE orders (id INT, k TEXT, amount, ordered_on TEXT, phone); INSERT INTO orders VALUES (1, 'a', 2.5, '13/01/2024', 5), (2, NULL, NULL, NULL, NULL)`, nil},
		{"a key that repeats", `
			CREATE TABLE segments (k TEXT, segment TEXT); INSERT INTO segments VALUES ('a', 'A'), ('b', 'B'), ('b', 'C');
			CREATE TABLE orders (id INT, k TEXT, amount, ordered_on TEXT, phone); INSERT INTO orders VALUES (1, 'a', 1, NULL, 5), (2, 'b', 2, NULL, 5)`,
			[]string{`m.yaml:3:3: not_unique segments(k) (values on several rows: 1, such as "b")`}},
		{"references to nothing", `
			CREATE TABLE segments (k TEXT, segment TEXT); INSERT INTO segments VALUES ('a', 'A');
			CREATE TABLE orders (id INT, k TEXT, amount, ordered_on TEXT, phone); INSERT INTO orders VALUES (1, 'a', 1, NULL, 5), (2, 'y', 2, NULL, 5), (3, 'z', 2, NULL, 5), (4, 'z', 2, NULL, 5)`,
			[]string{`m.yaml:7:7: orphans orders.segment (values without a row in segments(k): 2, such as "y")`}},
		{"values of other types", `
			CREATE TABLE segments (k TEXT, segment TEXT); INSERT INTO segments VALUES ('a', 'A');
			CREATE TABLE orders (id INT, k TEXT, amount, ordered_on TEXT, phone); INSERT INTO orders VALUES (1, 'a', 'free', '2024-01-13', 'x1')`,
			[]string{
				`m.yaml:10:7: wrong_type orders.amount (values of a sample that are no float: 1, such as "free")`,
				`m.yaml:11:7: wrong_type orders.ordered_on (values of a sample that are no {type: date, layout: "02/01/2006"}: 1, such as "2024-01-13")`,
				`m.yaml:12:7: wrong_type orders.phone (values of a sample that are no int: 1)`,
			}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := semantic.Load(fstest.MapFS{"m.yaml": {Data: []byte(probedModel)}})
			if err != nil {
				t.Fatal(err)
			}
			problems, err := Probe(context.Background(), m, warehouse.Sources{"main": database(t, tt.data)})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range problems {
				got = append(got, p.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
