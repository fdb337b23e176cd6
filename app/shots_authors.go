package app

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"lectern/app/arrival"
	"lectern/app/nav"
	"lectern/app/update"
	"lectern/decks"
	"lectern/decks/collection"
	"lectern/decks/content"
	"lectern/decks/feed"
	"lectern/decks/release"
	"lectern/decks/release/pack"
	"lectern/decks/release/releasetest"
	"lectern/decks/release/trust"
)

// edition is an author's course for the pictures: a student has its release 42, studied
// it and wrote into it, and release 45 has come.
type edition struct {
	author *releasetest.Author
	files  map[int64][]byte
}

// editionDeck is the id of that course in a language.
func editionDeck(lang string) string { return "shipping" + lang }

// Helper and Fatalf let the camera make releases as a test does.
func (k *camera) Helper() {}

// Fatalf keeps the first thing that went wrong.
func (k *camera) Fatalf(format string, args ...any) { k.keep(fmt.Errorf(format, args...)) }

// ship makes the author and lets the student study the first release.
func (k *camera) ship(lang string) *edition {
	ctx, c := context.Background(), k.w.p.Collection
	name := "Anna Ivanova"
	if lang == "ru" {
		name = "А. П. Иванова"
	}
	e := &edition{author: releasetest.New(k, name, editionDeck(lang)), files: map[int64][]byte{}}
	k.w.p.watch.set(pictureDay.AddDate(0, 0, -20))
	day := func(s *release.Statement) {
		s.Time = pictureDay.AddDate(0, 0, int(s.Seq)-47).UTC().Format(time.RFC3339)
	}
	was, now := editionOf(lang, false), editionOf(lang, true)
	for _, n := range append(was.Notes, now.Notes...) {
		for _, text := range n.Fields {
			k.warm(content.Parse(text))
		}
	}
	e.files[42] = e.author.Package(k, 42, was, nil, day)
	e.files[45] = e.author.Package(k, 45, now, nil, func(s *release.Statement) {
		day(s)
		s.Label, s.Notes = "Lectures 7 and 8", "The formula in lecture 3 is right now, thanks to **Masha**.\n\n- new cards about the context window\n- the price of a training is gone: it was out of date"
		if lang == "ru" {
			s.Label, s.Notes = "Лекции 7 и 8", "Исправлена формула в лекции 3, спасибо **Маше**.\n\n- новые карточки про контекстное окно\n- цена обучения убрана: устарела"
		}
	})
	_, err := c.Accept(ctx, k.offer(e, 42, false), collection.Decisions{}, nil)
	k.keep(err)
	s := student{c: c, watch: k.w.p.watch}
	for d := range 18 {
		k.w.p.watch.set(pictureDay.AddDate(0, 0, d-20))
		k.keep(s.answer(ctx, collection.Scope{Deck: editionDeck(lang)}, 8))
	}
	k.w.p.watch.set(pictureDay)
	k.keep(c.Edit(ctx, "lies"+lang, decks.Back, was.Notes[0].Text(decks.Back)+" "+editionWords(lang, "Ask the same again: if the answers differ, the model makes it up.", "Спросить то же второй раз: если ответы разные, модель выдумывает.")))
	return e
}

// offer looks at a release of the course, as it comes in a file or by a link.
func (k *camera) offer(e *edition, seq int64, link bool) collection.Offer {
	s := k.opened(e.files[seq], e.author.Chain)
	if link {
		s.Name, s.Feed = "", feed.Link{Address: "https://example.org/llm/feed.json", Key: e.author.Root.Public()}.String()
	}
	o, err := k.w.p.Collection.Offer(context.Background(), s)
	k.keep(err)
	return o
}

func (k *camera) opened(file []byte, chain trust.Chain) collection.Shipment {
	p, err := pack.Open(context.Background(), bytes.NewReader(file), int64(len(file)), chain)
	k.keep(err)
	if err != nil {
		return collection.Shipment{}
	}
	return collection.Opened(p, "llm.lectern")
}

// shipped takes the screens on which a student meets the course.
func (k *camera) shipped(lang string, e *edition) {
	w := k.w
	screen := func() nav.Screen {
		o := update.Options{Collection: w.p.Collection, Nav: w.p.Nav, Printer: w.p.words, Texts: w.texts, Offer: k.offer(e, 45, false), Now: w.now}
		o.Offer.Shipment.Way = append([]release.Statement{{Seq: 44, Time: "2026-11-12T10:00:00Z", Notes: editionWords(lang, "Misprints.", "Опечатки.")}}, o.Offer.Shipment.Way...)
		return update.New(o)
	}
	k.screen("07-update", screen)
	k.press("Down")
	k.shoot("07b-update-conflict")
	k.press("Down", "Down", "Down")
	k.shoot("07c-update-plain")
	k.press("End", "Up", "Up", "Up")
	k.shoot("07d-update-new")

	// The same course for somebody who has none, by a file and by a link with the key.
	first := func(link bool) func() nav.Screen {
		return func() nav.Screen {
			o := k.offer(e, 45, link)
			o.First, o.Installed, o.PerDay, o.Fresh = true, nil, 6, o.Shipment.Statement.Content.Cards
			a := arrival.Options{Collection: w.p.Collection, Nav: w.p.Nav, Printer: w.p.words, Texts: w.texts, Offer: o, Now: w.now, Done: func(collection.InstallResult) {}}
			if link {
				a.Key = e.author.Root.Public()
			}
			return arrival.New(a)
		}
	}
	k.screen("18-arrival", first(false))
	k.screen("18b-arrival-link", first(true))
	k.screen("18d-releases", func() nav.Screen { return w.authors.releases(editionDeck(lang)) })
	k.screen("18c-other-author", func() nav.Screen {
		strange := releasetest.New(k, e.author.Name, editionDeck(lang))
		_, err := w.p.Collection.Offer(context.Background(), k.opened(strange.Package(k, 46, editionOf(lang, true), nil, nil), strange.Chain))
		return arrival.Refuse(arrival.Refusal{Nav: w.p.Nav, Printer: w.p.words, Err: err, Name: "llm.lectern", Title: editionOf(lang, false).Title})
	})
}

func editionWords(lang, en, ru string) string {
	if lang == "ru" {
		return ru
	}
	return en
}

// editionOf is the course before and after.
func editionOf(lang string, after bool) decks.Deck {
	say := func(en, ru string) string { return editionWords(lang, en, ru) }
	d := decks.Deck{ID: editionDeck(lang), Title: say("Understanding LLMs: the course", "Понимание LLM: курс"), Lang: lang, Author: say("Anna Ivanova", "А. П. Иванова"), License: "CC-BY-4.0"}
	for i := range 8 {
		d.Sections = append(d.Sections, decks.Section{ID: fmt.Sprint("s", i+1), Title: fmt.Sprintf(say("Lecture %d", "Лекция %d"), i+1)})
	}
	add := func(id, section, question, answer string) *decks.Note {
		n := decks.Note{ID: id + lang, Kind: decks.Question, Section: section, Fields: map[decks.Field]string{decks.Front: question}}
		if answer != "" {
			n.Fields[decks.Back] = answer
		}
		d.Notes = append(d.Notes, n)
		return &d.Notes[len(d.Notes)-1]
	}
	pick := func(was, now string) string {
		if after {
			return now
		}
		return was
	}
	add("lies", "s2", say("What are “hallucinations”, and how are they avoided?", "Что такое «галлюцинации» и как их избежать?"), pick(
		say("An invention told with confidence: the model goes on with what is plausible. What helps: search and tools.", "Уверенно сказанная выдумка: модель дополняет текст правдоподобным. Помогают поиск и инструменты."),
		say("An invention told with confidence: the model goes on with what is plausible, not with what was checked. What helps: search, tools and an honest “I do not know” in the training examples.", "Уверенно сказанная выдумка: модель дополняет текст правдоподобным, а не проверенным. Помогают поиск, инструменты и честное «не знаю» в обучающих примерах.")))
	add("web", "s2", pick(say("How do all texts of the internet and lots of graphics cards become ChatGPT?", "Как с помощью всех текстов интернета и кучи видеокарт мы получаем ChatGPT?"),
		say("How do all texts of the internet and lots of GPUs become ChatGPT?", "Как с помощью всех текстов интернета и кучи GPU мы получаем ChatGPT?")),
		say("Pretraining on texts, then tuning on dialogues and on what people prefer.", "Предобучение на текстах, затем дообучение на диалогах и на том, что предпочли люди."))
	add("special", "s2", say("What are special tokens?", "Что такое специальные токены?"), pick("", say("Tokens that are in no text: the end of an answer, the beginning of a turn.", "Токены, которых нет в тексте: конец ответа, начало реплики.")))
	news := add("news", "s3", say("Can an LLM answer questions about yesterday’s news?", "Может ли LLM отвечать на вопросы о вчерашних новостях?"), pick(say("No.", "Нет."),
		say("No, unless it was given a search: it knows what stood in the texts before its training ended.", "Нет, если ей не дали поиск: она знает то, что было в текстах до конца обучения.")))
	if after {
		news.Major = 1
	}
	add("scale", "s3", say("How does attention weigh the values?", "Как внимание взвешивает значения?"), "$$\\text{softmax}\\left("+pick("QK^\\top", "\\frac{QK^\\top}{\\sqrt{d}}")+"\\right)V$$")
	if !after {
		add("price", "s3", say("What does the training of a model cost?", "Сколько стоит обучить модель?"), say("A million dollars.", "Миллион долларов."))
		return d
	}
	add("window", "s7", say("What is a context window?", "Что такое контекстное окно?"), say("How many tokens the model sees at once. Attention looks at all pairs of them, so its work grows as $n^2$.", "Сколько токенов модель видит сразу. Внимание смотрит на все их пары, поэтому работа растёт как $n^2$."))
	add("system", "s7", say("What does a model need a system prompt for?", "Зачем модели системный промпт?"), "")
	add("cache", "s8", say("What does the KV cache keep?", "Что хранит KV-кэш?"), say("Keys and values of the tokens that were read, so that they are not computed again.", "Ключи и значения прочитанных токенов, чтобы не считать их заново."))
	d.Retired = []decks.Retired{{ID: "price" + lang, Why: say("the figure is out of date", "цифра устарела")}}
	return d
}
