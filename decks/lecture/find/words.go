package find

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"lectern/decks"
)

// The words by which pages mark the places of questions, in English, Russian,
// German, French, Spanish, Portuguese, Italian and Chinese. They are matched
// against folded text and are written as folding leaves them; "_" stands for white
// space, "_?" for white space or none.

func anyOf(words string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("_?", `\s*`, "_", `\s+`).Replace(words)), "|")
}

const (
	notLetterBefore = `(?:^|[^\p{L}\p{N}])`
	notLetterAfter  = `(?:[^\p{L}\p{N}]|$)`
)

var (
	manyQuestions = anyOf(`checks pytania питання запитання контрольні_питання vragen sorular câu_hỏi mcqs testfragen selbsttest lernkontrolle zum_nachdenken билеты (?:примерные|перечень|список|темы|итоговые|типовые)_вопрос(?:ы|ов) темы_для_обсуждения questionnaire questions quiz quizzes quizz q&a fragen kontrollfragen verständnisfragen prüfungsfragen wiederholungsfragen вопросы тест тесты опрос опросник викторина
		preguntas cuestionario qcm perguntas questões domande quesiti`)
	manyExercises = anyOf(`ćwiczenia zadania вправи завдання oefeningen opdrachten alıştırmalar egzersizler bài_tập compiti övningar your_tasks now_you_try stretch_goals katas challenge_problems travaux_pratiques à_vous_de_jouer zusatzaufgaben desafíos retos actividades_propuestas практикум практическая_часть задачи_на_дом задание_на_лабораторную_работу варианты_заданий (?:задачи|задания)_для_.{3,40} задание_на_дом домашка things_to_try exercise_ideas ideas_for_exercises идеи_для_заданий extra_credit travail_à_faire arbeitsaufträge что_нужно_сделать exercises further_research problem_sets? упражнения задания übungen aufgaben übungsaufgaben hausaufgaben ejercicios tareas exercices exercícios esercizi homeworks? assignments? drills
		practice_(?:problems|questions|exercises|tasks) end-of-chapter_problems homework_problems review_problems worksheets? problemas_propuestos`)
	// Words that name the subject as often as a task: alone, or with such a word.
	loose = anyOf(`práctica prácticas pratique problems tasks challenges activities задачи практика problemas actividades probleme défis activités`)
	one   = anyOf(`sfida compito ćwiczenie zadanie zadanie_domowe вправа oefening opdracht huiswerk ödev alıştırma desafio herausforderung asignación вызов испытание условия?_задачи övning práctica_guiada praktikum praktikumsaufgabe übungsaufgaben? hands-on_exercise hands-on tarea_para_casa devoirs mini(?:-|_)exercise desafío reto_final exercise problem task assignment homework challenge activity practice_problem question quiz worksheet упражнение задание задача вопрос aufgabe übung übungsaufgabe
		hausaufgabe frage ejercicio tarea pregunta actividad reto exercice question devoir défi exercício pergunta tarefa esercizio domanda lab_assignment problem_set
		домашнее_задание домашняя_работа лабораторная_работа лабораторная практическая_работа практическое_задание самостоятельная_работа контрольная_работа контрольный_вопрос your_turn your_task try_it
		try_it_yourself try_it_out try_this попробуйте попробуйте_сами ваша_очередь`)
	modifier = anyOf(`(?:контрольн|проверочн|дополнительн|практическ|домашн|самостоятельн|общ|сложн|прост|экзаменационн|итогов|теоретическ|индивидуальн|творческ|лабораторн|обязательн|основн|учебн|зачетн|тестов)\p{L}+ mini review self(?:-|_)?(?:check|test|study|assessment) practice additional more further bonus extra optional advanced easy hard lab coding programming conceptual theoretical written
		end-of-chapter chapter section lecture week final sample discussion comprehension interview technical exam algorithmic basic hands-on graded ungraded mini short wrap-up pop`)

	handSet = `演習問題|練習問題|章末問題|確認問題|演習|課題|やってみよう|チャレンジ|クイズ|習題|練習|测验题|연습 ?문제|도전 과제|과제|퀴즈|相关问题|面试问题|是非题|面试题目|常见题目|算法题|问答题|填空题|判断题|单选题|多选题|应用题|实践题|作业题|课堂练习|随堂练习|随堂测验|课后作业|编程作业|编程练习|动手实验|动手练习|动手实践|实战练习|小测验|小测|选择题|简答题|编程题|讨论题|练一练|练习题?|习题|作业|思考题|复习题|面试题|测验题?|自测题?|课后练习|问题思考`

	examTopics    = mustCompile(`^(?:` + anyOf(`экзаменационная_программа программа_экзамена теоретический_минимум теорминимум (?:theoretical|theory)_minimum exam(?:ination)?_(?:program(?:me)?|topics|questions) programme_de_l'examen prüfungsthemen temas_del_examen`) + `)$`)
	placeStarts   = mustCompile(`^(?:(?:` + modifier + `)\s+)*(?:(` + manyQuestions + `)|(` + manyExercises + `))` + notLetterAfter)
	placeEnds     = mustCompile(notLetterBefore + `(?:(` + manyQuestions + `)|(` + manyExercises + `))$`)
	placeLoose    = mustCompile(`^(?:(?:` + modifier + `)\s+)*(?:` + loose + `)$`)
	placeOne      = mustCompile(`^(?:(?:` + modifier + `)\s+)*(?:` + one + `)(?:\s+(?:№\s*|#)?[\d.]+[a-zа-я]?)?$`)
	placeHomework = mustCompile(`^(?:(?:` + modifier + `)\s+)?(?:` + anyOf(`home_assignment home_work programming_assignment blatt aufgabenblatt arbeitsblatt übungsserie feuille_(?:d'exercices|de_td) t[dp]_?(?:n°_?)?\d+ hoja_de_(?:ejercicios|problemas) guía_de_(?:ejercicios|problemas) examen_partiel sujet_de_l'examen homework assignment lab_assignment problem_set worksheet домашнее_задание домашняя_работа дз \p{L}*контрольная лабораторная_работа практическая_работа практическое_задание контрольная_работа hausaufgabe übungsblatt devoir tarea hw lab exam midterm quiz`) + `)` + notLetterAfter)
	placeHan      = mustCompile(`^(?:课后|本章|本节|本周|课堂)?(` + handSet + `)$|^(?:問題|문제|질문|실습|挑战|挑戰|任务|实战|动手|思考|讨论|试一试|想一想|做一做|动手做)$|(?:` + handSet + `)$`)
	hanQuestions  = mustCompile(`相关问题|面试问题|クイズ|確認問題|퀴즈|질문|是非题|思考|讨论|想一想|复习题|面试题|选题|选择题|问答题|填空题|判断题|简答题|测验|小测|自测|常见题目|问题`)
	selfCheck     = mustCompile(notLetterBefore + `(?:` + anyOf(`check_for_understanding проверка_(?:понимания|знаний|усвоения) selbstcheck selbsttest check_your_(?:understanding|knowledge|learning|answers?) test_your(?:self|_knowledge|_understanding|_skills) knowledge_checks? self(?:-|_)?(?:check|test|assessment|evaluation) concept_checks?
		comprehension_(?:check|questions) quick_check checkpoint retrieval_practice questions_to_consider points_to_ponder food_for_thought проверь(?:те)?_(?:себя|свои_знания|знания) самопроверка для_самопроверки самоконтроль teste_dein_wissen überprüfe_dein_wissen comprueba_(?:lo_aprendido|tus_(?:habilidades|conocimientos)|tu_aprendizaje) prueba_tus_conocimientos pon_a_prueba testez_vos_connaissances autoévaluation autoevaluación`) + `)` + notLetterAfter)
	weakPlace = mustCompile(`^(?:` + anyOf(`review recap wiederholung rückblick повторение повторим discussion diskussion обсуждение debate reflection reflect think_about_it подумайте overview_questions`) + `)$`)

	// What looks like a place and is none.
	notAPlace = mustCompile(`^(?:instructions?|how|guidelines?|about|submitting|working|getting|notes?|tips|hints|solutions?|why|when|before|after|как|о|об|инструкция|про)\s|` + notLetterBefore + `(?:` + anyOf(`(?:late_)?(?:homework|assignments?|quiz|exam)_(?:policy|dates?|schedule|submissions?) late_(?:homework|assignments?) common_questions questions_fréquentes вопросы_безопасности aufgaben_(?:des|der|eines|einer) tareas_programadas faqs? frequently_asked часто_задава\p{L}* частые_вопросы остались_вопросы есть_вопросы more_questions any_questions have_questions got_questions open_questions (?:рассматриваем|учебн|организационн|основн|ключев)\p{L}+_вопросы вопросы_(?:рассматриваемые|по_организации|студент|слушател|из_чата|можно|задавайте|к_залу).* .*ответим_на_(?:следующие_)?вопросы (?:key|guiding|essential|driving|focus|big|overview)_questions? leitfragen helpful_links? ask_(?:a_)?questions? asking_questions answering_questions questions_or_comments
		questions_and_comments research_questions(?:_and_answers)? задать_вопрос\p{L}* задавать_вопросы открытые_вопросы offene_fragen preguntas_frecuentes foire_aux_questions häufige_fragen häufig_gestellte questions_for_(?:us|me|them|your_interviewer|interviewers?) questions_to_ask
		solutions? answers ответы lösungen soluciones solutions_to ответы_на submission grading rubric how_to_submit`) + `)` + notLetterAfter)

	qaTitle = mustCompile(`(?:^|` + notLetterBefore + `)(?:` + anyOf(`interview[-\s]questions?(?:_(?:and|with|&)_answers?)? interview_q&a questions_(?:and|&)_answers q&a q_&_a вопросы_и_ответы ответы_на_вопросы
		вопросы_(?:(?:с|на|для|к)_)?собеседовани\p{L}* (?:список|перечень)_(?:\p{L}+_)?вопросов вопросы_(?:к|для|на)_(?:экзамену|экзамена|экзамене|зачету|кандидату)\p{L}* экзаменационные_(?:вопросы|билеты) экзаменационный_билет билеты
		fragen_und_antworten preguntas_y_respuestas preguntas_(?:para|de)_(?:las?_)?entrevistas? questions_et_réponses questions_d'entretien exam_questions`) + `)` + notLetterAfter + `|面试(?:问题|题(?:目|集|总结|汇总)?)(?:\s*[(（].{1,12}[)）])?$|^面试(?:问题|题)`)
	faqTitle = mustCompile(notLetterBefore + `(?:` + anyOf(`faqs? frequently_asked часто_задава\p{L}* частые_вопросы preguntas_frecuentes foire_aux_questions häufig_gestellte häufige_fragen`) + `)` + notLetterAfter + `|常见问题`)

	answersTitle = mustCompile(`^(?:` + anyOf(`(?:(?:show|see|click|view|reveal|toggle|expand|hide)_(?:me_)?(?:for_|to_see_)?)?(?:the_|a_|an_|my_|our_|your_|one_|possible_|sample_|model_|suggested_|example_|full_|official_|quiz_|correct_|expected_|answer_to_)*(?:answers?|solutions?|answer_key|key)(?:_(?:guidance|guide|sketch|notes|to|for|and|\d|key|[:(]|explanation|here|below|code|walk)\P{Han}*)?
		(?:показать_|посмотреть_|открыть_|скрыть_|раскрыть_)?(?:правильны[ей]_|возможны[ей]_|верны[ей]_|пример_|примерны[ей]_)*(?:ответы?|решени[еяй](?:_(?:задачи|задания|упражнения|задач))?|разбор|версии|код_(?:страницы|программы|решения)|листинг|реализация|демонстрация_работы|результаты?_(?:работы|выполнения)|вывод_программы)(?:_(?:на|к|для|и|\d|[:(])\P{Han}*)?
		(?:(?:mögliche|mein|meine|richtige)_)?(?:lösung|lösungen|antwort|antworten|musterlösung)(?:_\P{Han}*)? (?:ver_(?:la_)?)?(?:respuestas?|solución|soluciones)(?:_\P{Han}*)? (?:voir_(?:la_)?)?(?:réponses?|solutions?|corrigée?s?|corrections?)(?:_\P{Han}*)? respostas? risposte? soluzion[ei]`) + `)$|^(?:答案|解答|解决方案|面试题剖析|题目剖析|题目解析|解法|题解|参考解答|参考答案|解析|点击查看答案|查看答案)`)
	hintTitle  = mustCompile(`^(?:` + anyOf(`рекомендации(?:_по_выполнению)? советы tips_and_considerations recommendations? hints? tips? clue подсказк[аи] hinweise? tipps? aide ayuda hilfe помощь pistas? indice indices astuce dica suggeriment[oi]`) + `)` + notLetterAfter + `|^提示`)
	goalsTitle = mustCompile(`^(?:` + anyOf(`checklist definition_of_done done_when чек-лист je_maîtrise_quand (?:learning|lesson|course|chapter|module)?_?(?:objectives?|outcomes?|goals?|aims?) what_you(?:'ll|_will)?_(?:learn|know|need).* in_this_(?:chapter|lesson|section|module|unit|lecture)(?:_you.*|_we.*)? by_the_end.* after_this.* key_?(?:points?|takeaways?|terms?|ideas?|concepts?) takeaways? summary conclusions? prerequisites? requirements
		цел[ьи](?:_\p{L}+)* задачи_(?:урока|курса|лекции|модуля|занятия) чему_вы_научитесь что_вы_узнаете.* ключевые_(?:моменты|идеи|термины|понятия|выводы) выводы итоги резюме пререквизиты lernziele ziele voraussetzungen zusammenfassung objetivos requisitos resumen prérequis objectifs(?:_.*)? résumé glossary глоссарий glosario glossar overview`) + `)$|^(?:学习目标|小结|总结|目标)$`)
	contentsTitle = mustCompile(`^(?:` + anyOf(`(?:table_of_)?contents toc outline agenda syllabus index on_this_page in_this_article содержание оглавление план(?:_\p{L}+)? программа(?:_курса)? на_этой_странице навигация índice indice tabla_de_contenidos? contenidos? inhalt inhaltsverzeichnis gliederung sommaire table_des_matières plan
		(?:further|additional|recommended|suggested|required|optional)_(?:reading|readings|resources|materials?) references bibliography resources readings? literature links see_also (?:дополнительн\p{L}+|полезн\p{L}+|рекомендуем\p{L}+)_(?:материал\p{L}+|литератур\p{L}+|ссылк\p{L}+|чтени\p{L}+) литература источники список_литературы ссылки bibliografía bibliographie literatur(?:verzeichnis)? recursos weiterführende_\p{L}+`) + `)$|^(?:目录|参考文献|延伸阅读|好文推荐|推荐阅读|开源地址|相关链接)$`)
	adminTitle = mustCompile(`^(?:` + anyOf(`требования(?:_.*)? turn-?in.* verify.*submission.* requirements_for.* comments комментарии contribut(?:ing|ors?|e|ions?)(?:_.*)? how_to_contribute licen[sc]e(?:s|_.*)? authors? acknowledge?ments? credits about(?:_(?:this|the|us).*)? grading(?:_.*)? rubrics? submission(?:_.*)? how_to_submit(?:_.*)? submitting(?:_.*)? deadlines? installation install(?:ing)?(?:_.*)? setup schedule contact changelog getting_help
		запуск(?:_.{0,40})? быстрый_старт структура_(?:репозитория|проекта) project_structure getting_started quick_?start usage how_to_(?:run|use|start|build|install|work)(?:_.*)? running_(?:the|your)_.* как_(?:читать|задавать|пользоваться|сдавать|работать|запустить|запускать|установить|начать|собрать|использовать|сдать|отправить)(?:_.*)? авторы лицензия критерии(?:_.*)? оценивание(?:_.*)? сдача(?:_.*)? дедлайны? правила(?:_.*)? установка contribu(?:yendo|ciones?|yentes|idores|er)(?:_.*)? cómo_contribuir licencia autores lizenz mitwirkende beitragen licence_.* auteurs`) + `)$`)

	directionsTitle = mustCompile(`^(?:` + anyOf(`directions general_(?:instructions|directions|information|notes) allgemeine_hinweise hinweise общие_(?:сведения|указания|требования|положения) instrucciones_generales consignes_générales`) + `)$`)

	placeholder = mustCompile(`(?i)^[\s*_#/>%(\[-]*(?:` + anyOf(`your_(?:answers?|code|solution|explanation|text|response)(?:_(?:here|goes_here))? (?:write|type|put|enter|insert|add)_your_(?:answer|code|solution|response|text)\P{Han}* double(?:-|_)click_(?:here|to)\P{Han}* ваш_(?:код|ответ|текст)(?:_здесь|_тут)? ваше_решение(?:_здесь)? твой_код(?:_здесь)? напишите_(?:ваш|свой)_(?:код|ответ)\P{Han}* место_для_(?:вашего_)?(?:ответа|решения|кода) deine?_(?:antwort|lösung|code)(?:_hier)? votre_(?:réponse|code)(?:_ici)? tu_(?:código|respuesta)(?:_aquí)? answer_here type_here todo coming_soon tba tbd (?:solutions?|answers?|this)?_?(?:will_be|to_be)_(?:added|published|released|posted|announced)\P{Han}{0,40} we_will_add_this\P{Han}{0,40} (?:скоро_)?(?:появится|будет_добавлено)_?\P{Han}{0,20}`) + `)[\s*_:.!)\]…-]*$`)
	aside       = mustCompile(`^🧶|^(?:` + anyOf(`(?:please_)?(?:select|choose|pick|mark|tick|check)_(?:one_or_more|one) выберите_один_или_несколько(?:_ответов)? (?:важность|importance):_\d (?:please_)?(?:select|choose|pick|mark|tick|check)_(?:a_|the_|one_|all_|only_|single_|any_)*(?:single_|correct_|right_|best_)*(?:answers?|options?|choices?)?(?:_that_apply)?(?:_below)? (?:select|choose)_all_(?:answers_)?that_apply multiple_answers_possible
		выберите_(?:один|все|несколько|правильны\p{L}+|верны\p{L}+).{0,40} (?:estimated_)?time:?_.{0,30} (?:\d+_)?(?:points?|marks?|pts|баллов|балла|балл):?.{0,12} (?:difficulty|сложность|level|уровень|deadline|срок|дедлайн|due):?_.{0,40} not_yet_answered answer_saved marked_out_of_.{0,12} mark_.{0,8}_out_of_.{0,8} flag_question question_text clear_my_choice time_left_.{0,12} finish_attempt.{0,6} пока_нет_ответа ответ_сохранен балл:?_.{0,16} отметить_вопрос текст_вопроса очистить_мой_выбор submit check(?:_answers?)? reset проверить отправить ответить сбросить überprüfen`) + `)[.!)]?$`)
	criteria = mustCompile(`^(?:` + anyOf(`evaluation_criteria grading(?:_criteria)? rubric path_to_(?:exercise|solution) submission deadline критерии_оцен\p{L}+ оценивание сроки?_сдачи solution_available dificultad difficulty сложность_задачи publicación`) + `)` + notLetterAfter)
	// What a block says about a task and not in it; only its own paragraph.
	particulars   = mustCompile(`^(?:` + anyOf(`modalidad duración duration tiempo objetivos? objectives? goal learning_goal цель цели время длительность формат тема topic zeit dauer ziel lernziel durée objectif path_to_(?:exercise|solution) points баллы`) + `)(?:_[^:]{0,30})?[:.]`)
	statementHead = mustCompile(`^(?:` + anyOf(`enunciado statement problem_statement task_description description условие(?:_задачи)? постановка_задачи задание aufgabenstellung aufgabe énoncé instructions? инструкции?`) + `)$`)
	taskSheet     = mustCompile(`^(?:` + anyOf(`instructions? инструкци[ия] instrucciones anweisungen consignes? istruzioni instruções 说明`) + `)$`)
	// The questions of a rubric are for who judges the work.
	rubricOf     = mustCompile(`^(?:` + anyOf(`.{3,40}_rubrics?(?:_\d+)? rubrics?_for_.* (?:peer_)?review_form bewertungsraster.* .{3,40}_rubrik`) + `)$`)
	rubricTitle  = mustCompile(`^(?:` + anyOf(`оценка bewertung evaluación évaluation avaliação assessment rubrics? рубрика rúbrica критерии.* rubrik barème evaluation_criteria griglia 评分标准`) + `)$`)
	variantTitle = mustCompile(`^(?:вариант|variant|version|variante|листок|коллоквиум)\s*(?:№\s*)?\d*(?:\.\s.{0,60})?$`)
	formatTitle  = mustCompile(`^(?:` + anyOf(`arguments? parameters? conditions? boilerplate starter_code return_value условия аргументы параметры (?:формат_)?(?:входны[ех]|выходны[ех])_данны[ех] (?:input|output)(?:_(?:format|specification|data))? (?:sample_)?(?:input|output)(?:_\d+)? constraints? ограничения (?:sample_)?(?:test_)?(?:examples?|cases?)(?:_\d+)? expected_(?:output|results?|behaviou?r) примеры?(?:_\d+)? пример_(?:ввода|вывода|работы|выполнения).{0,30} ожидаемый_(?:вывод|результат) (?:eingabe|ausgabe)(?:format)? beispiele?(?:_\d+)? formato_de_(?:entrada|salida) (?:entrada|salida|entrée|sortie)s?(?:_\d+)? (?:ejemplos?|exemples?|exemplos?)(?:_\d+)?`) + `)$|^(?:输入|输出)(?:格式|描述|样例)?\s*\d*$|^(?:示例|样例)\s*\d*$|^数据范围$`)
	answerlist   = mustCompile(`^answerlist$`)
	whyTitle     = mustCompile(`^(?:` + anyOf(`explanations? explication пояснение объяснение комментарий erklärung explicación rationale`) + `)$`)
	teachers     = mustCompile(`^(?:` + anyOf(`for_(?:teachers?|instructors?) (?:teacher|instructor)(?:'s)?_notes? для_(?:преподавател|учител)\p{L}* für_lehr\p{L}+ para_(?:docentes|profesores) pour_les_enseignants`) + `)$`)
	twoWays      = wordSet(`true false yes no верно неверно да нет истина ложь правда wahr falsch richtig ja nein vrai faux oui non verdadero falso si sí t f`)
	noTask       = mustCompile(`(?:` + anyOf(`no_(?:assignment|homework|exercises?)(?:_(?:this|for|today|yet|here))? (?:домашнего_задания|заданий)_(?:нет|не_будет) keine_(?:hausaufgaben|aufgaben)`) + `)` + notLetterAfter + `|^(?:` + anyOf(`see siehe voir véase см[.]? смотри(?:те)?`) + `)\s(?:` + anyOf(`the aufgabe übung exercise problem task exercice ejercicio задани[ея] задач[ау] упражнение`) + `)[^?]{0,60}$`)
	yourTask     = mustCompile(`^(?:in|open|go to|navigate to) (?:the |your )?(?:file|function|class|method|notebook|script|module)s? [^.?!\s]{2,60}(?:\.\pL{1,5})?,? (?:and |please )?(?:implement|complete|modify|fill in|finish|write)` + notLetterAfter + `|` + notLetterBefore + `(?:` + anyOf(`your_(?:task|job|goal|mission|assignment|challenge)_(?:is|here|will_be|now) (?:ваша|твоя)_задача (?:as|for)_an_exercise,_\p{L}+ в_качестве_упражнения als_übung como_(?:um_)?exercício como_ejercicio comme_exercice,? вам_(?:необходимо|нужно|предстоит|требуется)_(?:будет_)?(?:написать|создать|реализовать|разработать|построить|найти|вычислить|определить|составить|решить|исправить|дополнить|сделать|выполнить) ihre_aufgabe_ist deine_aufgabe_ist tu_tarea_(?:es|consiste) votre_tâche_est`) + `)` + notLetterAfter)
	// What stands under such a heading of a homework is for all its tasks.
	contextTitle = mustCompile(`^(?:\d+[.)]?\s*)?(?:` + anyOf(`(?:getting|preparing|loading|downloading|about|prepare|download|get)_(?:the_|your_)?(?:data|dataset|environment|code|files) (?:the_)?data(?:set)? set_?up (?:environment_)?setup data_(?:preparation|description) (?:подготовка|загрузка|описание)_данных данные данные_для_задания установка datos preparación_de_los_datos données préparation_des_données vorbereitung daten`) + `)$`)
	tryMarks     = "🧠💡✅✏📝🚀❓🤔🧩🎯💪🏋❔🖊📌🔬"
	trySign      = mustCompile(`^(?:` + anyOf(`¡?inténtalo ¡?pruébalo ¡?inténtelo probiere?_es_(?:selbst_)?aus probieren_sie_es_(?:selbst_)?aus experimente tente_você_mesmo experimenta provalo prova_tu wypróbuj probeer_het 试试看 尝试一下 试一试 試してみよう やってみよう 직접_해보세요 (?:try|do)_(?:it|this)(?:_(?:out|yourself|now|at_home))? your_turn exercise challenge question think_about_it stop_and_think pause_and_(?:think|ponder) check_your_understanding quick_check попробуйте(?:_сами)? попробуй(?:_сам)? упражнение задание вопрос(?:_на_подумать)? подумайте задача проверьте_себя probier(?:en_sie)?_(?:es_)?(?:selbst_)?aus aufgabe frage versuch_es inténtalo pruébalo ejercicio pregunta essayez(?:_(?:le|par_vous-même))? exercice à_vous(?:_de_jouer)?`) + `)\s*[!！]*[:.!?：！。]`)
	goodBye      = mustCompile(`^(?:` + anyOf(`submit check check_answers? проверить отправить ответить überprüfen enviar comprobar vérifier soumettre`) + `)$`)
	chooseWords  = mustCompile(`(?:` + anyOf(`select_(?:which|what) which_of_the_(?:statements|descriptions?|options)(?:_below)? which_(?:statement|description|option)_below which_of_(?:the_following|these) select_(?:all|one|the|a) choose_(?:all|one|the|from) (?:true|correct|false)_(?:statements?|answers?|options?) select_the_correct что_из_(?:перечисленного|нижеперечисленного|этого|списка) как(?:ой|ая|ое|ие|ого|их)_из_(?:перечисленн|следующ|эт|нижеперечисленн|предложенн|вариант)\p{L}* выберите отметьте welche_(?:der|dieser|von)_(?:folgenden|aussagen) cuál_de_(?:las|los)_siguientes cuáles_de_(?:las|los)_siguientes (?:lequel|laquelle|lesquels|lesquelles)_(?:de|des|parmi) parmi_les`) + `)|以下哪|下列哪|哪一个选项|选择正确`)
	aboveCode    = mustCompile(`(?:` + anyOf(`following this_code the_code_(?:below|above) code_(?:below|above) (?:below|above)_code given_(?:the|this)_(?:code|program|function|snippet) this_(?:program|function|snippet|script|fragment|expression|query) (?:output|printed|print|returned|happens)_.{0,40}\? what_(?:does|is|will|would)_.{0,40}(?:code|print|output|return|foo)
		код_ниже следующ\p{L}+ данн\p{L}+_(?:код|выражени|программ|функци) этот_код этого_кода эт\p{L}+_(?:выражени|программ|функци|фрагмент|скрипт|код)\p{L}* что_(?:выведет|выводит|напечатает|вернет|покаж) чему_равн этими folgende\p{L}* siguiente\p{L}* este_código suivant\p{L}* ce_code`) + `)|以下|下面`)
)

// number is the number of a label: "3.1", "7.2a", "4-5".
const number = `\d{1,3}(?:[.\-–]\d{1,3})*[a-zа-я]?`

const (
	questionLabels = `vraag pytanie питання билет question frage pregunta вопрос pergunta domanda quiz_question контрольный_вопрос checkpoint`
	exerciseLabels = `扩展练习(?:_?challenge)? actividad atividade activité desafío задача_для_самостоятельного_решения exercise exercice ejercicio exercício esercizio problem task aufgabe übung challenge задание задача упражнение assignment homework activity lab_task mini-exercise ex\.? exo\.? übungsaufgabe practice_problem coding_exercise programming_exercise lab_exercise упр\.? зад\.? drill worksheet quest reto tarea défi домашнее_задание`
)

// labelStarts are the first two letters of the words of labels.
var labelStarts = func() map[string]bool {
	set := map[string]bool{"q": true, "câ": true, "질문": true, "문제": true, "問題": true, "问题": true, "练习": true, "习题": true, "作业": true, "任务": true, "题目": true, "挑战": true}
	for _, w := range strings.Fields(questionLabels + " " + exerciseLabels) {
		set[string([]rune(w)[:2])] = true
	}
	return set
}()

// mayLabel tells quickly that most texts begin with no label.
func mayLabel(head string) (word, num bool) {
	head = strings.TrimLeft(strings.TrimPrefix(head, "<strong>"), " *_\t\u00a0\\")
	for at, r := range head {
		switch {
		case r == '(' || r >= '0' && r <= '9':
			return false, at == 0
		case unicode.IsLetter(r):
			low := []rune(strings.ToLower(head[at:min(len(head), at+12)]))
			if len(low) < 2 {
				return false, false
			}
			if (low[0] == 'q' || low[0] == 'p' || low[0] == 'в') && !unicode.IsLetter(low[1]) {
				return true, true
			}
			if low[0] == 'ё' {
				low[0] = 'е'
			}
			return labelStarts[string(low[:2])], false
		case at > 16:
			return false, false
		}
	}
	return false, false
}

var (
	labelWord = mustCompile(`^(?:[\s*_]|<strong>)*(?:[^\p{L}\p{N}\s*_(\["«]+\s*)?(?:(` + anyOf(questionLabels) + `|q(?:uestion)?\.?|câu|질문|문제|問題|問` + `|问题)|(` +
		anyOf(exerciseLabels) + `|练习|习题|作业|任务|题目|挑战))\s*(?:№\s*|nr\.?\s*|no\.?\s*|n°\s*|#\s*)?(\(?(?:\b[a-z])?` + number + `\)?|\(?[a-z]\)(?:\s|$)|\b[a-z]\s?[:：]|[ivx]{1,4}(?:[.:)]|\s*$))?\s*(?:(?:\*\*|__|\*|_)\s*)?((?:\([^()]{1,40}\)\s*)?(?:[:.)\]–—!·：]+|-\s)?[\s*_]*)`)
	labelNumber = mustCompile(`^(?:[\s*_\\]|<strong>)*\(?(?:` + `q\.?\s*)?(` + number + `)\s*(?:[.)\]:]+|\s[–—-]\s)[\s*_]+`)
	labelTail   = mustCompile(`^(?:\*\*|__)[^*_:]{2,40}?(?:(question|frage|вопрос|pregunta)|(challenge|exercise|task|problem|задание|задача|aufgabe|übung|ejercicio|exercice))\s*(\d{0,2}):?(?:\*\*|__)\s*:?\s+`)
	letterLabel = mustCompile(`^[\s*_]*[pв](\d{1,3})\s*[:.)][\s*_]*`)
	numberBold  = mustCompile(`^(?:\*\*|__)(\d{1,3}(?:[.\-–]\d{1,3})*)[.)]?(?:\*\*|__)\s+`)
	numberHan   = mustCompile(`^(?:[\s*_\\]|<strong>)*[(（]?(\d{1,3})\s*[.、．)）]\s*(?:\p{Han}|[“「《])`)
)

// label is how an item is called on the page: "Exercise 3.1: Loops".
type label struct {
	kind   decks.Kind // "" when only a number stands there
	number string
	end    int // bytes of the text that it takes
	strong bool
}

// labelOf reads a label off the front of a text, Markdown or plain. A word alone
// is a label only with a number or a colon.
func labelOf(text string) (label, bool) {
	const most = 160 // no label is longer, with its marks
	head := text
	if len(head) > most {
		head = strings.ToValidUTF8(head[:most], "")
	}
	word, num := mayLabel(head)
	if !word && !num {
		return tailLabel(head)
	}
	low := strings.ToLower(head)
	if len(low) != len(head) {
		low = asciiLower(head)
	}
	low = strings.ReplaceAll(low, "ё", "е")
	if m := match(labelWord, low, word); m != nil {
		l := label{kind: decks.Question, end: m[1]}
		if m[4] >= 0 {
			l.kind = decks.Exercise
		}
		at := m[2:4]
		if m[2] < 0 {
			at = m[4:6]
		}
		word := strings.TrimSpace(low[at[0]:at[1]])
		if m[6] >= 0 {
			l.number = strings.Trim(low[m[6]:m[7]], "().:： ")
		}
		tail := low[m[8]:m[9]]
		switch {
		case l.number != "":
			l.strong = true
			after := firstRune(low[m[7]:])
			return l, !unicode.IsLetter(after) || m[7] == len(text) || strings.ContainsRune(":：.)", last(low[m[6]:m[7]]))
		case word == "q" && strings.ContainsAny(tail, ":："):
			return l, true
		case word == "q" || word == "ex" || word == "q." || word == "ex.":
			return label{}, false
		case strings.ContainsAny(tail, ":–—!·：") || strings.HasPrefix(tail, "- ") || strings.HasPrefix(tail, ".") && strings.HasSuffix(strings.TrimSpace(tail), "*"):
			l.strong = strings.ContainsAny(tail, ":：")
			return l, true
		case strings.HasPrefix(text, "**") && strings.HasSuffix(strings.TrimSpace(low[2:m[8]]), "**"): // "**Challenge** Why …"
			return l, true
		case m[1] == len(text): // the word is all there is
			return l, true
		}
		return label{}, false
	}
	if m := match(letterLabel, low, num); m != nil { // "В1:", "P1."
		return label{kind: decks.Question, number: low[m[2]:m[3]], end: m[1], strong: true}, true
	}
	if m := match(labelNumber, low, num); m != nil {
		return label{number: low[m[2]:m[3]], end: m[1]}, true
	}
	if m := match(numberBold, low, num); m != nil {
		return label{number: low[m[2]:m[3]], end: m[1]}, true
	}
	if m := match(numberHan, low, num); m != nil { // no space stands before the words
		return label{number: low[m[2]:m[3]], end: m[1] - utf8.RuneLen(last(low[:m[1]]))}, true
	}
	return tailLabel(head)
}

// tailLabel reads a label whose last word says what it is: "**Debug challenge**: …".
func tailLabel(head string) (label, bool) {
	if !strings.HasPrefix(head, "**") && !strings.HasPrefix(head, "__") {
		return label{}, false
	}
	low := strings.ToLower(head)
	m := labelTail.FindStringSubmatchIndex(low)
	if m == nil || len(low) != len(head) || !strings.Contains(head[:m[1]], ":") {
		return label{}, false
	}
	l := label{kind: decks.Question, end: m[1], number: low[m[6]:m[7]]}
	if m[4] >= 0 {
		l.kind = decks.Exercise
	}
	return l, true
}

func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func match(re *pattern, s string, may bool) []int {
	if !may {
		return nil
	}
	return re.FindStringSubmatchIndex(s)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// cut takes a prefix off a line of Markdown and keeps its marks in pairs.
func cut(text string, end int) string {
	head, rest := text[:end], text[end:]
	for _, mark := range []string{"**", "__", "*", "_"} {
		open := strings.Count(head, mark)%2 == 1
		if len(mark) == 1 {
			open = strings.Count(strings.ReplaceAll(head, mark+mark, ""), mark)%2 == 1
		}
		if open {
			if strings.HasPrefix(strings.TrimLeft(rest, " "), mark) {
				rest = strings.TrimPrefix(strings.TrimLeft(rest, " "), mark)
			} else if strings.Contains(rest, mark) {
				rest = mark + rest
			}
			break
		}
	}
	return strings.TrimSpace(rest)
}
