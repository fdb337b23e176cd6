package lint

import "strings"

// set makes a set of the words of a text.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// The lists hold folded words: ё is е.
var (
	// smallEnglish tells English from other languages in Latin letters: words
	// that stand in nearly every sentence and are no words of its neighbours.
	smallEnglish = set(`the what which how why when where does did this these with from and it its they their
		between explain describe define can could would should have than your`)

	// abbreviations end with a full stop that ends no sentence.
	abbreviations = set(`e.g i.e vs cf etc fig eq sec ch no approx resp al dr mr ms prof
		т.е т.к т.д т.п т.н и.о см рис табл гл стр напр др пр ср англ лат т д п г гг в вв тыс млн млрд`)

	// question words.
	asking = map[lang]map[string]bool{
		english: set(`what which who whom whose where when why how what's who's where's how's`),
		russian: set(`что чего чему чем кто кого кому кем ком какой какая какое какие какого каких какому каким какими
			какую каком каков какова каково каковы где куда откуда когда почему зачем отчего как сколько скольких
			скольким чей чья чье чьи насколько`),
	}

	// prepositions that a question word may follow.
	prepositions = map[lang]map[string]bool{
		english: set(`in on at for to by from with of under through into about after before`),
		russian: set(`в во на с со из от для к ко по при о об у за до под над через между благодаря после перед`),
	}

	and = map[lang]map[string]bool{
		english: set(`and but also so then`),
		russian: set(`и а но также затем`),
	}

	or = map[lang]map[string]bool{
		english: set(`or versus vs`),
		russian: set(`или либо`),
	}

	// imperatives by which an answer in words is asked for. The Russian ones are
	// beginnings.
	asks        = set(`explain describe define name list compare discuss outline summarize summarise state give illustrate contrast enumerate identify mention tell elaborate`)
	asksRussian = strings.Fields(`объясни поясни опиши описать назови назвать перечисли приведи привести расскажи рассказать
		сравни дайте дай дать сформулируй охарактеризуй раскрой обоснуй укажи указать разъясни изложи`)

	// other imperatives that a task begins with.
	imperatives = set(`draw prove show derive find compute calculate evaluate solve write implement create build make use
		sketch plot print determine estimate verify check read run try consider translate complete fill choose select
		match convert design test install add remove replace reverse sort simplify factor integrate differentiate expand
		analyze analyse predict rewrite modify fix fit train load import normalize count look given suppose assume`)

	// politely come before such an imperative.
	politely = map[lang]map[string]bool{
		english: set(`please briefly also then now shortly next finally`),
		russian: set(`пожалуйста кратко коротко также затем теперь подробно своими словами`),
	}

	// A question of these words alone belongs to the one before it.
	followUp = map[lang]map[string]bool{
		english: set(`why how not or and so is that but if what exactly explain justify your answer reasoning please briefly`),
		russian: set(`почему зачем как и а но или нет именно отчего если да то так объясните объясни поясните поясни обоснуйте обоснуй
			ответ свой ваш кратко`),
	}

	// begin a clause in which "and how" goes on with that clause.
	subordinate = map[lang]map[string]bool{
		english: set(`if that because while since although whether unless given so when`),
		russian: set(`если что чтобы потому когда поскольку хотя который которая которое которые которых которого которой котором которым которыми пока`),
	}

	// auxiliary verbs that begin a question for yes or no.
	auxiliaries = set(`is are was were do does did can could will would has have had should may might must isn't aren't doesn't don't didn't can't couldn't won't wouldn't hasn't haven't shouldn't`)

	// pronouns that need something to mean.
	pronouns = map[lang]map[string]bool{
		english: set(`it its it's they them their theirs he she him his her hers`),
		russian: set(`он она оно они его ее их ему ей им ими него нее них нему ней ним ними нем нею`),
	}

	// demonstratives stand alone or before a noun.
	demonstratives = map[lang]map[string]bool{
		english: set(`this these`),
		russian: set(`это этот эта эти этого этой этих этому этим этими этом эту данный данная данное данного данному данную данном`),
	}

	// leaning words need what was said before.
	leaning = map[lang]map[string]bool{
		english: set(`such other others another else both former latter same`),
		russian: set(`такой такая такие таких таком другие других другой иначе наоборот оба обе тот та те того той тех`),
	}

	// Before these "this" means something by itself: this year.
	itself = map[lang]map[string]bool{
		english: set(`year week month day morning evening century decade course lecture time`),
		russian: set(`году год годы неделе неделя неделю месяце месяц день дня веке век время курсе курса лекции лекция случае`),
	}

	// light words are nothing that a pronoun could mean.
	light = map[lang]map[string]bool{
		english: set(`a an the and or not no in on at for to by from with of under through into about after before as
			is are was were be been do does did can could will would has have had should may might must
			you we one i your our me please briefly also then exactly example examples difference purpose use used main
			advantages disadvantages benefits drawbacks role way ways meaning name kind type types many much long often
			important need explain describe define name list compare discuss outline give state tell`),
		russian: set(`в во на с со из от для к ко по при о об у за до под над через между после перед и а но или не ни бы же ли
			есть был была было были быть можно нужно надо нужен нужна нужны может могут вы мы ты вам нам тебе вас нас
			есть существует существуют знаете знаешь разница отличие отличия смысл цель роль пример примеры преимущества недостатки своими словами кратко
			пожалуйста именно вообще такое такой такая такие еще тогда состоит`),
	}
)

// begins reports whether a word begins with one of the stems.
func begins(word string, stems []string) bool {
	for _, s := range stems {
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	return false
}

// isAsk reports an imperative that asks for an answer in words.
func isAsk(l lang, w string) bool {
	return l == english && asks[w] || l == russian && begins(w, asksRussian)
}
