package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lectern/app/keys"
	"lectern/app/kit"
	"lectern/app/nav"
	"lectern/app/theme"
	"lectern/decks/draft"
	keyring "lectern/decks/draft/keys"
)

// Drafts are where the service that drafts answers is kept, and its key.
type Drafts struct {
	Settings draft.Settings
	Ring     keyring.Ring
	Getenv   func(string) string
	// Models lists the models of a service; nil asks the service.
	Models func(context.Context, draft.Config, string) ([]string, error)
}

// service is the choice of a service that drafts answers. It is off until one is
// chosen; what is chosen holds at once.
type service struct {
	s      *Screen
	d      Drafts
	config draft.Config
	custom bool // an address of the user's own
	asking func()

	object  *fyne.Container
	which   *kit.Picker
	address *kit.Field
	model   *kit.Field
	list    *kit.IconButton
	key     *kit.Field
	forget  *kit.Button
	try     *kit.Button
	more    *fyne.Container // what there is to choose once it is on
	said    *fyne.Container
}

func newService(s *Screen) *service {
	p := s.o.Printer
	v := &service{s: s, d: s.o.Drafts, asking: func() {}, said: kit.Column(0)}
	if v.d.Models == nil {
		v.d.Models = draft.Models
	}
	names := []string{p.T("settings.drafts_off")}
	for _, preset := range draft.Presets {
		names = append(names, preset.Name)
	}
	v.which = kit.NewPicker(append(names, p.T("settings.drafts_other")), 0, v.choose)
	v.address = kit.NewField("", exampleAddress, nil)
	v.address.Left = func(string) { v.moved() }
	v.address.Submitted = func(string) { v.moved() }
	v.model = kit.NewField("", p.T("settings.drafts_model_hint"), nil)
	v.list = kit.NewIconButton("caret-down", p.T("settings.drafts_models"), keys.None, func() { v.ask(v.offer) }).Tool()
	v.model.After = v.list
	v.model.Left = func(string) { v.keep() }
	v.model.Submitted = func(string) { v.keep() }
	v.key = kit.NewField("", "", nil).Secret()
	v.key.Left = func(string) { v.keepKey() }
	v.key.Submitted = func(string) { v.keepKey() }
	v.forget = kit.NewButton(p.T("settings.drafts_forget"), kit.Quiet, func() { v.setKey("") }).Sized(theme.ControlSmall, 0)
	v.try = kit.NewButton(p.T("settings.drafts_try"), kit.Secondary, func() { v.ask(v.tell) }).Sized(theme.ControlSmall, 0)
	v.more = kit.Column(0)
	v.object = kit.Column(0, s.row("settings.drafts_service", kit.Fixed(wide, 0, v.which)), v.more)
	return v
}

const (
	wide           = 320 // of the fields
	exampleAddress = "http://192.168.1.5:8080/v1"
)

// read shows what is set up.
func (v *service) read() {
	config, err := draft.Load(context.Background(), v.d.Settings)
	v.config = config
	v.custom = config.Endpoint != "" && presetOf(config.Endpoint) < 0
	v.show()
	if err != nil {
		v.say(kit.NewErrorLine(v.s.o.Printer.Fault(err), err.Error(), nil))
	}
}

func presetOf(endpoint string) int {
	for i, p := range draft.Presets {
		if p.Endpoint == endpoint {
			return i
		}
	}
	return -1
}

// show fills the fields.
func (v *service) show() {
	p := v.s.o.Printer
	on := 0
	if at := presetOf(v.config.Endpoint); v.custom {
		on = len(v.which.Items) - 1
	} else if at >= 0 {
		on = at + 1
	}
	v.which.Set(on)
	v.address.SetText(v.config.Endpoint)
	v.model.SetText(v.config.Model)
	v.key.SetText("")
	rows := []fyne.CanvasObject{}
	add := func(o fyne.CanvasObject) {
		rows = append(rows, kit.Gap(0, 12), kit.Rule(), kit.Gap(0, 12), o)
	}
	if on > 0 {
		if v.custom {
			add(v.s.row("settings.drafts_address", kit.Fixed(wide, 0, v.address)))
		}
		add(v.s.row("settings.drafts_model", kit.Fixed(wide, 0, v.model)))
		if v.custom || v.needsKey() {
			add(v.keyRow())
		}
		rows = append(rows, kit.Gap(0, 12), kit.Rule(), kit.Gap(0, 12),
			kit.Row(16, kit.Middle, kit.Flex(kit.NewLabel(p.T("settings.drafts_promise"), kit.Caption, theme.Muted)), v.try))
		rows = append(rows, v.said)
	}
	v.more.Objects = rows
	v.s.object.Refresh()
	kit.Relayout(v.object)
}

// needsKey tells of the known service that wants a key: the others run on this
// computer.
func (v *service) needsKey() bool { return strings.HasPrefix(v.config.Endpoint, "https://") }

func (v *service) keyRow() fyne.CanvasObject {
	p := v.s.o.Printer
	switch {
	case strings.TrimSpace(v.d.Getenv(keyring.Variable)) != "":
		return v.s.row("settings.drafts_key_there", kit.NewText(keyring.Variable, kit.Body, theme.Muted))
	case v.config.Keyed:
		return v.s.row("settings.drafts_key", kit.Row(8, kit.Middle, kit.NewText(p.T("settings.drafts_key_kept"), kit.Body, theme.Muted), v.forget))
	}
	return v.s.row("settings.drafts_key", kit.Fixed(wide, 0, v.key))
}

// choose takes a service by its name.
func (v *service) choose(i int) {
	was := v.config
	v.say(nil)
	v.custom = i == len(v.which.Items)-1
	switch {
	case v.custom:
		v.config = draft.Config{}
	case i == 0:
		v.config = draft.Config{}
	default:
		v.config = draft.Config{Endpoint: draft.Presets[i-1].Endpoint}
	}
	if v.config.Endpoint == was.Endpoint {
		v.config = was
	}
	v.save()
	v.show()
	switch {
	case v.custom:
		v.s.o.Nav.Focus(v.address.Focusable())
	case i > 0:
		v.s.o.Nav.Focus(v.model.Focusable())
	}
}

// moved takes the address that was typed.
func (v *service) moved() {
	typed := strings.TrimSpace(v.address.Text())
	if typed == v.config.Endpoint || !v.custom {
		return
	}
	endpoint, err := draft.ParseEndpoint(typed)
	if err != nil && typed != "" {
		v.say(kit.NewErrorLine(v.s.o.Printer.Fault(err), "", nil))
		return
	}
	if endpoint == v.config.Endpoint {
		v.address.SetText(endpoint)
		return
	}
	v.config = draft.Config{Endpoint: endpoint, Model: v.config.Model} // a key is for one service
	v.say(nil)
	v.save()
	v.show()
}

// keep takes the model that was typed.
func (v *service) keep() {
	if model := strings.TrimSpace(v.model.Text()); model != v.config.Model {
		v.config.Model = model
		v.save()
	}
}

func (v *service) save() {
	if err := v.config.Save(context.Background(), v.d.Settings); err != nil {
		v.s.o.Nav.Error(err)
	}
}

// keepKey puts the key that was typed into the system's keyring.
func (v *service) keepKey() {
	if key := strings.TrimSpace(v.key.Text()); key != "" {
		v.setKey(key)
	}
}

// setKey keeps a key, or forgets it.
func (v *service) setKey(key string) {
	ctx, config := v.begin(), v.config
	v.s.o.Background(func() {
		now, err := keyring.Keep(ctx, v.d.Ring, config, key)
		fyne.Do(func() {
			if ctx.Err() != nil || config.Endpoint != v.config.Endpoint {
				return
			}
			if err != nil {
				v.say(kit.NewErrorLine(v.s.o.Printer.Fault(err), err.Error(), nil))
				return
			}
			v.config.Keyed = now.Keyed
			v.save()
			v.show()
		})
	})
}

// begin stops what was asked before.
func (v *service) begin() context.Context {
	v.asking()
	ctx, cancel := context.WithCancel(context.Background())
	v.asking = cancel
	return ctx
}

// ask gets the service's models. Nothing of a lecture is sent.
func (v *service) ask(then func([]string)) {
	p := v.s.o.Printer
	v.keep()
	if v.config.Endpoint == "" {
		v.s.o.Nav.Focus(v.address.Focusable())
		return
	}
	ctx, config := v.begin(), v.config
	v.say(kit.NewLabel(p.T("settings.drafts_asking"), kit.Caption, theme.Muted))
	v.s.o.Background(func() {
		key, err := keyring.Find(ctx, v.d.Ring, v.d.Getenv, config)
		var models []string
		if err == nil {
			models, err = v.d.Models(ctx, config, key)
		}
		fyne.Do(func() {
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				v.say(kit.NewErrorLine(p.Fault(err), err.Error(), nil))
				return
			}
			v.say(nil)
			then(models)
		})
	})
}

// offer lets the user choose among the models.
func (v *service) offer(models []string) {
	if len(models) == 0 {
		v.tell(models)
		return
	}
	items := make([]nav.Action, len(models))
	for i, m := range models {
		items[i] = nav.Action{Text: m, Checked: m == v.config.Model, Do: func() {
			v.model.SetText(m)
			v.keep()
		}}
	}
	v.s.o.Nav.Menu(v.list, items)
}

// tell says that the service answers, and whether it has the model.
func (v *service) tell(models []string) {
	p := v.s.o.Printer
	has := false
	for _, m := range models {
		has = has || m == v.config.Model
	}
	text, tone, icon := p.N("settings.drafts_works", len(models)), kit.Good, "check"
	switch {
	case v.config.Model == "":
		text, tone, icon = p.T("settings.drafts_no_model"), kit.Warning, "warning"
	case !has && len(models) > 0:
		text, tone, icon = p.T("settings.drafts_other_models", "Model", v.config.Model), kit.Warning, "warning"
	}
	v.say(kit.NewNotice(tone, icon, "", text, nil))
}

// say shows a line under the choice; nil takes it away.
func (v *service) say(o fyne.CanvasObject) {
	v.said.Objects = nil
	if o != nil {
		v.said.Objects = []fyne.CanvasObject{kit.Gap(0, 12), o}
	}
	v.said.Refresh()
	kit.Relayout(v.object)
}
