package bot

import (
	"net/http"
	"time"
)

// Vendor opens the channels of one maker of chats.
type Vendor struct {
	Name    string   // as the configuration says it: slack
	Secrets []string // that a bot must have; each at least MinSecret bytes
	May     []string // that it may have besides
	Options []string // settings that it may have
	Open    func(Settings) (Channel, error)
}

// MinSecret is the least length of a secret, in bytes.
const MinSecret = 16

// Settings are those of one bot.
type Settings struct {
	Name    string // of the bot: the last part of its address, and a label of metrics
	Secrets map[string]string
	Options map[string]string
	Tenants []string     // whose people it answers; the others are foreign
	API     string       // where the vendor's interface is; "" is the vendor's own
	HTTP    *http.Client // nil is one with a timeout
	Now     func() time.Time
}

// Vendors is every vendor, in the order of the manual.
var Vendors = []Vendor{slackVendor, dingtalkVendor, feishuVendor, wecomVendor}
