package find

import (
	"strings"
	"unicode"

	"lectern/decks/fold"
)

// asks tells whether a text holds a question.
func asks(s string) bool { return strings.ContainsAny(s, "?？") }

var hanText = mustCompile(`\p{Han}`)

// wordsIn counts the words of a text; two characters of Han count as one.
func wordsIn(s string) int {
	han := 0
	for _, r := range s {
		if r >= 0x2e80 && unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return len(strings.Fields(s)) + han/2
}

// endsAsking tells whether a text ends with a question, or with one and a remark in
// brackets.
func endsAsking(s string) bool {
	s = strings.TrimRight(strings.TrimRightFunc(s, picture), " *_\"'»”)）\u00a0")
	if strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") {
		return true
	}
	if at := strings.LastIndexAny(s, "(（"); at > 0 && len(s)-at < 120 {
		s = strings.TrimRight(s[:at], " *_")
		return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？")
	}
	return false
}

// picture tells signs that are no letters: emoji and what joins them, spaces.
func picture(r rune) bool {
	return r > 0x7f && (unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r)) || r == ' ' || r == '*' || r == '_'
}

// endsInColon tells whether a text announces what follows.
func endsInColon(s string) bool {
	s = strings.TrimRight(s, " *_\u00a0")
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}

var (
	commandEN = wordSet(`do dig figure learn look treat repeat reuse adapt adjust alter assign attempt avoid capture check clean close code cut detect display enable encode ensure experiment filter form formulate grab handle hide host import inspect keep link log mark mix move play populate post process produce push randomize render request reset resize resolve restart return revisit scale scan scrape search separate serve shift skip slice store swap sum tag unpack update upload verify zip reimplement reformulate restate instantiate invoke iterate memorize migrate mock monitor package parse parameterize query quote refine register reinstall reload reload report restructure retrieve rewrite scaffold schedule seed setup sign simulate spawn subscribe subscribe switch tweak vary add analyze analyse annotate answer apply argue arrange assess build calculate change check choose cite clarify classify clone collect combine comment compare compile complete compose compute conduct configure
		confirm consider construct contrast convert copy count create critique debug decide declare deduce define demonstrate deploy derive describe design determine develop devise diagram differentiate discuss distinguish divide
		download draft draw edit eliminate elaborate enumerate estimate evaluate examine execute expand experiment explain explore express extend extract factor fill find finish fix fork generate get give go group guess hypothesize
		identify illustrate implement import improve indicate infer initialize insert inspect install integrate interpret investigate iterate join judge justify label list load locate look make map match measure mention merge minimize
		model modify multiply name normalize note obtain open optimize order outline paraphrase perform pick plot practice predict prepare present print propose prove provide publish put quantify rank rate read rearrange recall recommend record
		redo reduce refactor reflect relate remove rename reorder repeat replace report represent reproduce rerun research restate reverse review revise rewrite round run sample save search select send set shade share show simplify simulate
		sketch solve sort specify split start state store study subtract suggest summarize support swap switch synthesize tabulate take tell test think trace train transform translate try turn type update use validate verify view visit visualize
		walk watch work wrap write`)
	commandES = wordSet(`modela modele organiza organice combina combine aplica aplique refactoriza encapsula asigna asigne inventa prepara prepare integra resume resuma clasifica clasifique identifica identifique reescribe reescriba documenta razona razone visita visite lee lea busca busque abre abra copia copie observa observe revisa revise selecciona seleccione cambia cambie instala instale descarga descargue ingresa ingrese muestra muestre imprime imprima solicita solicite transforma transforme convierte convierta traduce traduzca averigua averigüe consulta consulte contesta conteste elige elija evalúa evalúe resuelva clona clone compila compile reflexiona reflexione dibuja escribí creá diseña diseñe ejecuta añade añada usa utiliza utilice modifica modifique agrega ordena crea extrae parte sumérjase investiga investigue prueba comprueba completa realiza realice elabora responde responda explique explica describa describe defina define calcule calcula escriba escribe haga haz mencione menciona nombre compare compara demuestre demuestra determine determina encuentre encuentra resuelva resuelve indique indica hable intenta implemente implementa cree crea analice analiza justifique dibuje enumere liste`)
	commandFR = wordSet(`écris crée crée-toi fais faites lis lisez utilise utilisez ajoute ajoutez modifie vérifie vérifiez cherche cherchez trouve dessine complète affiche affichez exécute exécutez testez teste essayez lancez ouvrez installez téléchargez réalisez réalise proposez indiquez précisez observez reprenez remplacez déduisez représentez tracez rédigez implémente choisissez étudiez construisez programmez discutez expliquez décrivez définissez calculez écrivez donnez citez comparez montrez démontrez déterminez trouvez résolvez implémentez créez analysez justifiez dessinez énumérez prouvez complétez modifiez explique décris montre calcule`)
	commandPT = wordSet(`escreva crie implemente faça calcule explique descreva defina determine encontre resolva compare mostre imprima leia peça use utilize modifique altere complete desenvolva construa considere responda cite elabore verifique execute
		scrivi scrivere crea calcola spiega descrivi definisci trova risolvi confronta mostra implementa realizza completa modifica disegna dimostra`)
	commandDE  = wordSet(`tragt schreibt erstellt überlegt diskutiert findet sucht macht nehmt lest baut bearbeitet beantwortet beschreibt erklärt vergleicht recherchiert sammelt zeichnet notiert öffne klone folge leite mache lies suche baue beantworte vervollständige formuliere demonstriere versuche versuchen ändere ändern passe gib füge nutze verwende programmiere ergänze lege stelle führe ermittle prüfe teste wähle erweitere korrigiere erklären erkläre beschreiben beschreibe definieren definiere berechnen berechne schreiben schreibe geben gib nennen nenne vergleichen vergleiche zeigen zeige bestimmen bestimme finden finde lösen löse implementieren implementiere erstellen erstelle analysieren begründen begründe skizzieren skizziere beweisen beweise diskutieren diskutiere entwickeln untersuchen betrachten überlegen recherchieren`)
	commandRU  = mustCompile(`^\p{L}{2,}(?:ите|йте|ьте|айте|яйте|ойте|уйте|итесь|йтесь|ть|ти|чь|ться|тись)$`)
	infinitive = wordSet(`часть мать путь сеть память область сложность точность вероятность модель соль цель роль смысл связь запись есть пять шесть девять десять уметь знать понимать очередь нейросеть ваши почти пути сети части дети области модели`)
	commandHan = mustCompile(`^(?:请|试|证明|计算|写出|编写|实现|解释|说明|描述|比较|绘制|画出|求|设计|分析|考虑|讨论|尝试|使用|修改|创建|推导|给出|列出|简述|概述|阐述|列举|总结|归纳|指出|回答|打印|判断|输出|编程|找出|查找|统计|完成|补全|阅读|运行|观察|对比|利用|给定|生成|动态生成|构造|重写|改写|测试|验证|估计|求解|检查|思考|定义一?个|封装一?个)`)
)

// told are the verbs whose task is done in words.
var told = wordSet(`explain describe name list cite compare define discuss mention state summarize outline tell identify explique describa defina mencione compare explica describe nombre expliquez décrivez définissez citez comparez erkläre beschreibe nenne definiere vergleiche объясните опишите назовите перечислите сравните расскажите дайте укажите`)

var toldHan = mustCompile(`^(?:请)?(?:你)?(?:简述|解释|说明|描述|谈谈|介绍|阐述|概述|列举)`)

// inWords tells whether a command asks for words.
func inWords(s string) bool {
	if toldHan.MatchString(s) {
		return true
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return told[fold.Fold(w)]
	}
	return false
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[fold.Fold(w)] = true
	}
	return set
}

// commands tells whether a text begins by telling the reader to do something.
func commands(s string) bool {
	if first, _, ok := strings.Cut(strings.TrimLeft(s, " *_"), " "); ok && opening[fold.Fold(first)] {
		if _, rest, ok := strings.Cut(s, ", "); ok && len(rest) > 4 {
			return commands(rest)
		}
	}
	if commandHan.MatchString(strings.TrimLeft(s, " *_")) {
		return true
	}
	if politeGerman.MatchString(s) {
		return true
	}
	n := 0
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		f := fold.Fold(w)
		if commandEN[f] || commandES[f] || commandFR[f] || commandDE[f] || commandPT[f] || commandRU.MatchString(f) && !infinitive[f] {
			return true
		}
		if n++; n >= 3 || !politeWord[f] {
			return false
		}
	}
	return false
}

// politeGerman is a command as German sheets give it: "Klonen Sie …".
var politeGerman = mustCompile(`^[*_ ]*\p{Lu}\p{Ll}+e?n Sie(?: |$)`)

// needs is what has to be done, said of nobody.
var needs = mustCompile(notLetterBefore + `(?:` + anyOf(`(?:необходимо|требуется|нужно|надо|предстоит)_(?:\p{L}+_)?\p{L}+(?:ть|ти|чь) (?:usted|tú)_(?:tendrá|tendrás|debe|debes|deberá|deberás)_(?:que_)?\p{L}+r (?:deberás|tendrás_que|debes)_\p{L}+r vous_devez_\p{L}+r (?:du_sollst|sie_sollen) you_(?:are_asked|will_be_asked|are_required)_to (?:in_this_(?:lab|exercise|assignment|homework),?_you_(?:will|are_going_to))_(?:implement|write|build|create|solve|train|use) il_faut_(?:écrire|créer|implémenter|calculer) es_soll_(?:ein|eine)_.{3,40}_werden hay_que_\p{L}+r se_pide try_to_(?:reproduce|recreate|write|implement|solve|find|build|make|create|change|modify|draw|plot)`) + `)|(?:你需要|你要|你的任务是|要求你).{0,4}\p{Han}|请(?:你)?(?:实现|编写|写出|设计|补全|完成|计算|证明|给出|找出|返回)`)

// opening are words that begin a clause before the command.
var opening = wordSet(`using given if when for in with after once assuming suppose используя если пусть для на дано с помощью после когда учитывая unter wenn für mit mithilfe usando si dado para con en utilisant soit étant pour avec`)

// politeWord are the words that may stand before a command.
var politeWord = wordSet(`please now then next first finally also try again пожалуйста теперь затем далее сначала попробуйте bitte jetzt por favor puis ensuite again optionally briefly`)

// tellsOrAsks is the evidence that a text wants something of the reader.
func tellsOrAsks(s string) bool { return asks(s) || commands(s) }
