// Package source reads and writes the Markdown in which an instructor keeps a
// course, form lectern-md/1:
//
//	---
//	lectern: 1
//	deck: dk4m9x7c2k
//	title: Language models
//	lang: en
//	author: A. Author
//	license: CC-BY-SA-4.0
//	feed: https://example.org/llm/feed.json
//	key: RW…
//	---
//
//	# Lecture 3. Attention
//	<!-- section: sk2m9qa1 -->
//	Source: [the video](https://example.org/3), minutes 5 to 20
//
//	Text of the lecture may stand here: it is no card.
//
//	Question: Why is $QK^\top$ divided by $\sqrt{d_k}$?
//	Answer: So that the variance of the products does not grow with $d_k$.
//
//	Otherwise the softmax saturates and the gradients almost vanish.
//	Hint: Think of the variance of a sum.
//	Source: Vaswani et al., 2017, §3.2.1
//	Tags: attention, formulas
//	Difficulty: hard
//	<!-- ^7f3k2m9qa1 -->
//
//	Cloze: A {{c1::query::what is sought}} is compared with {{c2::keys}}.
//	<!-- ^q4w8e2r7t1 -->
//
//	Choice: What does the cache hold?
//	- [x] Keys and values of the tokens read
//	- [ ] Gradients
//	<!-- ^z9x5c3v1b7 -->
//
// A card begins with a keyword at the start of a line and has one text for each
// keyword that follows. A text goes on, with paragraphs, lists, formulas and
// code, to the next keyword, a heading of level 1 or 2, a line of dashes or the
// comment with the card's id. The keywords, each also as a letter:
//
//	begin a card   Question Q | Вопрос В    Exercise E | Упражнение У
//	               Cloze C | Пропуски П     Choice M | Тест Т
//	its texts      Answer A | Ответ О       Hint H | Подсказка
//	               Explanation X | Пояснение   Source S | Источник
//	its marks      Tags | Теги, Метки       Difficulty | Сложность
//
// Headings of level 1 and 2 are sections; Source under a heading says where the
// section comes from. A file without a title in its head takes it from its first
// heading of level 1. Comments are not read, keywords inside a block of code are
// text, and a line of text that begins like any of these is written with a
// backslash before it.
//
// Nothing is skipped in silence: text between cards, a keyword misspelt, a gap
// without a number, an id used twice are errors with the file, the line and what
// to do.
//
// Of the head only the title is needed. Author, license and feed are released; key is
// the author's public key, for people who read the source.
//
// # Ids
//
// Ids are random and written into the file once, by [Fmt]; they stay with their card
// whatever happens to its text or place, and a [Lock] beside the course gives them back
// when they are lost. <!-- ^new --> stands under a card that looks like one that lost its
// id and is another. Beside an id an author says what the card was made of:
//
//	<!-- ^7f3k2m9qa1 major=2 from=abc merges=a,b keep -->
//
//	major=2      it changed in substance twice
//	from=abc     it was split off that card
//	merges=a,b   it stands for those cards, which are in the course no more
//	keep         no change of it is in substance: do not ask
//
// [Fmt] also numbers gaps {{…}} and writes out the keywords; every other byte of the
// files stays.
package source
