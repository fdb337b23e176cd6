package find_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lectern/decks/content"
	"lectern/decks/lecture/find"
	"lectern/decks/lecture/markdown"
	"lectern/decks/lecture/page"
)

// told writes what was found, a line each: group, kind, difficulty, prompt, then
// "= answer", "? choices with + before the right ones", "~ explanation".
func told(x *find.Extraction) string {
	flat := func(s string) string { return strings.Join(strings.Fields(content.Plain(content.Parse(s))), " ") }
	var b strings.Builder
	for _, g := range x.Groups {
		for _, it := range g.Items {
			fmt.Fprintf(&b, "%s | %s", g.Title, it.Kind)
			if it.Difficulty != "" {
				fmt.Fprintf(&b, " %s", it.Difficulty)
			}
			fmt.Fprintf(&b, " | %s", flat(it.Prompt))
			for k, c := range it.Choices {
				sep := " ;"
				if k == 0 {
					sep = " ?"
				}
				if c.Right {
					sep += " +"
				} else {
					sep += " "
				}
				b.WriteString(sep + flat(c.Text))
			}
			if it.Answer != "" && len(it.Choices) == 0 {
				b.WriteString(" = " + flat(it.Answer))
			}
			if it.Explanation != "" {
				b.WriteString(" ~ " + flat(it.Explanation))
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func found(t testing.TB, text string) (*page.Page, *find.Extraction) {
	t.Helper()
	p, err := markdown.Read(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	x, err := find.Find(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return p, x
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a list of exercises", "# T\n\n## Exercises\n\n1. Prove it.\n2. Why?\n", "Exercises | exercise | Prove it.\nExercises | exercise | Why?\n"},
		{"topics of an exam", "# Вопросы к экзамену\n\n## Языки\n\n- Оператор goto.\n- Типы\n", "Языки | question | Оператор goto.\nЯзыки | question | Типы\n"},
		{"a label line", "# T\n\nТекст.\n\nВопросы, к 2 лекции:\n\n- Раз?\n\nЕщё текст.\n\n- не вопрос\n", "Вопросы, к 2 лекции | question | Раз?\n"},
		{"answer these", "# T\n\nОтветьте на следующие вопросы:\n\n- Раз?\n- Два?\n", "Ответьте на следующие вопросы | question | Раз?\nОтветьте на следующие вопросы | question | Два?\n"},
		{"a single exercise has steps", "# T\n\n## Exercise\n\nBuild it:\n\n1. Take a.\n2. Add b.\n", "Exercise | exercise | Build it: 1. Take a. 2. Add b.\n"},
		{"levels are groups", "# T\n\n## Exercises: Level 1\n\n1. Add.\n\n## Exercises: Level 2\n\n1. Multiply.\n", "Exercises: Level 1 | exercise easy | Add.\nExercises: Level 2 | exercise medium | Multiply.\n"},
		{"marks of difficulty", "# T\n\n## Exercises\n\n- [E] Add.\n- Multiply (★★★)\n\nHarder:\n\n- Divide.\n", "Exercises | exercise easy | Add.\nExercises | exercise hard | Multiply\nExercises | exercise hard | Divide.\n"},
		{"words of a set that a heading announces", "# T\n\n## Problems\n\n1. Slow convergence\n2. Find x.\n", "Problems | exercise | Slow convergence\nProblems | exercise | Find x.\n"},
		{"problems of the subject are none", "# T\n\n## Optimization problems\n\n- Slow convergence\n- Local minima\n", ""},
		{"a word of places that names another thing", "# T\n\n## Late homework policy\n\n- Ask before the day.\n- Send it.\n", ""},
		{"a homework sheet", "# Homework 1\n\nData:\n\n- age: a number\n- sex: a word\n\n**1. How many rows are there?**\n\n**2. Plot the ages.**\n", "Homework 1 | exercise | How many rows are there?\nHomework 1 | exercise | Plot the ages.\n"},
		{"contents that repeat the headings", "# Questions\n\n1. [Loops](#l)\n2. [Lists](#s)\n\n## Loops\n\n- What is a loop?\n\n## Lists\n\n- What is a list?\n", "Loops | question | What is a loop?\nLists | question | What is a list?\n"},
		{"goals and a summary", "# T\n\n## Learning objectives\n\n- What is a loop?\n\n## Questions\n\n- Why?\n\n## Summary\n\n- What was said?\n", "Questions | question | Why?\n"},
		{"questions about the course", "# Course\n\n## FAQ\n\n### When is the exam?\n\nIn May.\n\n## Questions\n\n- Why?\n", "Questions | question | Why?\n"},
		{"links to where the tasks are", "# T\n\n## Exercises\n\n- [One](a.md)\n- Exercise [2](b.md)\n", ""},
		{"links to where questions are", "# T\n\n## Interview questions\n\n- [Ninety questions](https://example.org/a) by Ann\n- [The hardest interview](https://example.org/b) - a post of hers\n", ""},
		{"a list of other lists", "# Questions\n\n- Why?\n\n## More\n\n- General questions\n- HTML questions\n- Fun questions\n", "Questions | question | Why?\n"},
		{"questions that link", "# T\n\n## Questions\n\n- [Why do loops end?](https://example.org/a)\n- [What is a list?](https://example.org/b) Tell in a word.\n", "Questions | question | Why do loops end?\nQuestions | question | What is a list? Tell in a word.\n"},
		{"paths to where the tasks are", "# T\n\n## Homework\n\n- Seminar: `./seminar.ipynb`\n- Homework: `./homework.ipynb`\n", ""},
		{"numbers without a space before Han", "# 循环\n\n## 练习：\n\n1.打印一个正方形\n\n2、求所有奇数的和\n", "练习 | exercise | 打印一个正方形\n练习 | exercise | 求所有奇数的和\n"},
		{"a plural before a colon", "# T\n\nQuestions:\n\n- Why?\n- When?\n\n## Aufgaben\n\nFragen:\n\n- Wer?\n- Wo?\n", "Questions | question | Why?\nQuestions | question | When?\nFragen | question | Wer?\nFragen | question | Wo?\n"},
		{"a letter before a colon", "# T\n\nQuestion a: Why?\n\nQuestion b: When?\n", "T | question | Why?\nT | question | When?\n"},
		{"letters for numbers", "# T\n\n## 练习 A：工具\n\n写出代码。\n\n## 练习 B：重试\n\n失败重试 2 次。\n", "T | exercise | 写出代码。\nT | exercise | 失败重试 2 次。\n"},
		{"variants whose tasks begin with what is given", "# Контрольная\n\n## Вариант 1\n\n1. Пусть $x$ мало.\n\n   Найдите $y$.\n2. Время случайно. Верно ли это?\n", "Вариант 1 | exercise | Пусть x мало. Найдите y.\nВариант 1 | exercise | Время случайно. Верно ли это?\n"},
		{"a table of questions and answers", "# T\n\n## Interview\n\n| № | Question | Answer |\n|---|---|---|\n| 1 | What is `a\\|b`? | Either. |\n| 2 | Why? | For speed. |\n", "Interview | question | What is a|b? = Either.\nInterview | question | Why? = For speed.\n"},
		{"a table about questions", "# T\n\n| Question | Points |\n|---|---|\n| 1 | 5 |\n| 2 | 7 |\n", ""},
		{"a title whose head names tasks", "# Python-Übungen: Funktionen\n\n### 1. Gruß\n\nSchreibe eine Funktion `hi`.\n\n---\n\n### 2. Summe\n\nSchreibe eine Funktion `plus`.\n", "Python-Übungen: Funktionen | exercise | Schreibe eine Funktion hi.\nPython-Übungen: Funktionen | exercise | Schreibe eine Funktion plus.\n"},
		{"a title in two languages", "# T\n\n## 复习题 / Review\n\n1. 它的作用？——存数据。\n2. 为什么适合？——因为本地。\n3. 有什么区别？——一个先于编译。\n", "复习题 / Review | question | 它的作用？ = 存数据。\n复习题 / Review | question | 为什么适合？ = 因为本地。\n复习题 / Review | question | 有什么区别？ = 一个先于编译。\n"},
		{"rules about tests", "# Course\n\n## Tests\n\n- The test is a form in which you have to choose the right answers.\n- The test takes place twice and the better mark of the two is the one that counts.\n", ""},
		{"weeks of a syllabus", "# Course\n\n## Task 01: Systems\n\n- memory and processes\n- caches\n", ""},
		{"a task and its data", "# T\n\n## Exercises\n\nWhat are the values of these?\n\n- `1 + 2`\n- `3 * 4`\n", "Exercises | exercise | What are the values of these? • 1 + 2 • 3 * 4\n"},
		{"boxes to tick in a plan", "# T\n\n## Задачи\n\n- [ ] 1. Написать тесты.\n- [ ] 2. Отчёт\n", "Задачи | exercise | Написать тесты.\nЗадачи | exercise | Отчёт\n"},
		{"groups of one name", "# T\n\n## A\n\n### Exercises\n\n1. Add.\n\n## B\n\n### Exercises\n\n1. Divide.\n", "Exercises | exercise | Add.\nExercises | exercise | Divide.\n"},
		{"a sheet of labelled problems", "# Homework 3\n\n## Directions\n\nWrite up your solutions:\n\n- in TeX\n- on paper\n\n## Problems\n\nProblem A: Prove it.\n\nProblem B: Disprove it.\n", "Problems | exercise | Prove it.\nProblems | exercise | Disprove it.\n"},
		{"steps that are announced", "# Comprueba tus habilidades\n\n## Sumas 1\n\nUsted tendrá que crear valores:\n\n1. Crea dos variables.\n2. Suma las dos.\n", "Comprueba tus habilidades | exercise | Usted tendrá que crear valores: 1. Crea dos variables. 2. Suma las dos.\n"},
		{"a title with an article", "# T\n\nText.\n\n## El ejercicio:\n\nCrea un archivo llamado `a.js`.\n\nEn ese archivo, define una variable.\n", "El ejercicio | exercise | Crea un archivo llamado a.js. En ese archivo, define una variable.\n"},
		{"exercises that a summary announces", "# T\n\n## Summary\n\nMaps are useful. Here are some exercises you should now be equipped to solve:\n\n1. Given a list, return the median.\n2. Convert words to capitals.\n", "Summary | exercise | Given a list, return the median.\nSummary | exercise | Convert words to capitals.\n"},
		{"names after a colon", "# T\n\n## Exercises\n\nThe chapters covered here are roughly in this order:\n\n- fields\n- records\n", ""},
		{"points in a heading", "# Problem set\n\n## Part A (2 points)\n\nWrite a function that returns squares.\n\n## Part B (1 point)\n\nUse it to sum squares.\n", "Problem set | exercise | Write a function that returns squares.\nProblem set | exercise | Use it to sum squares.\n"},
		{"how to work with a sheet", "# Практическая работа\n\n## Задания по сборке\n\n1. **Первая**\n   Создать сборку, которая запускается сама и пишет в журнал.\n2. **Вторая**\n   Настроить проверку, которая запускается каждый день по расписанию.\n\n## Как работать с репозиторием\n\n1. Клонировать его.\n2. Запустить тесты.\n", "Задания по сборке | exercise | Первая Создать сборку, которая запускается сама и пишет в журнал.\nЗадания по сборке | exercise | Вторая Настроить проверку, которая запускается каждый день по расписанию.\n"},
		{"the first of several headings is no title of all", "### Exercises\n\nThere are many of them in this program.\n\n### Shortcuts\n\n- **F1** view this guide\n- **F2** view the directory\n", ""},
		{"a very short page asks in its last words", "Versions count changes.\n\nThe first number says most.\n\nWrite a script that raises it.\n", " | exercise | Versions count changes. The first number says most. Write a script that raises it.\n"},
		{"headings in other languages", "# T\n\n## 挑战：\n\n创建一个文件。\n\n## 演習問題\n\n1. 証明せよ。\n2. なぜか。\n\n## 연습문제\n\n1. 증명하라.\n2. 왜?\n\n## Zadania\n\n1. Napisz program.\n2. Dlaczego?\n\n## Завдання\n\n- Поясніть.\n- Чому?\n", "挑战 | exercise | 创建一个文件。\n演習問題 | exercise | 証明せよ。\n演習問題 | exercise | なぜか。\n연습문제 | exercise | 증명하라.\n연습문제 | exercise | 왜?\nZadania | exercise | Napisz program.\nZadania | exercise | Dlaczego?\nЗавдання | exercise | Поясніть.\nЗавдання | exercise | Чому?\n"},
		{"topics of an exam programme", "# Exam program:\n\n0. Learning from examples, their kinds and what they are used for.\n1. How to measure quality in classification and in regression tasks.\n2. Boosting and its main idea, gradients and their derivation.\n", "Exam program | question | Learning from examples, their kinds and what they are used for.\nExam program | question | How to measure quality in classification and in regression tasks.\nExam program | question | Boosting and its main idea, gradients and their derivation.\n"},
		{"a homework with questions to pick from", "# Homework: talks on translation\n\nForm groups and pick one of these.\n\n1. What is slow in it?\n   - [A paper](https://example.org/a)\n   - [A book](https://example.org/b)\n2. What are its kinds?\n3. How is it used?\n4. What is left?\n", "Homework: talks on translation | question | What is slow in it? • A paper • A book\nHomework: talks on translation | question | What are its kinds?\nHomework: talks on translation | question | How is it used?\nHomework: talks on translation | question | What is left?\n"},
		{"where tasks are and when they are due", "# Course\n\n## Assignments\n\nFor how to set it up see [here](a.md).\n\n- [Assignment 1](a.md) cw1 due Thursday 4 October\n- [Assignment 2](b.md) cw2 due Thursday 18 October\n", ""},
		{"tasks worth points and their kin", "#### 7.1 games\n\nGo to the notebook and implement SARSA.\n\n#### 7.2 fights (3 pts)\n\nTrain it.\n\n#### 7.3 horizons (7 pts)\n\nCompare both.\n\n#### For the curious\n\n- __[4+ bonus points]__ Implement attention.\n- read more\n\n#### Bonus: maps (a LOT of points)\n\nApply a map to it.\n", "7.1 games | exercise | Go to the notebook and implement SARSA.\n7.1 games | exercise | Train it.\n7.1 games | exercise | Compare both.\nFor the curious | exercise | Implement attention.\n7.1 games | exercise | Apply a map to it.\n"},
		{"programs to write, with no heading", "# Aulas\n\n*AULA1*\n\n1) Faça um programa que peça a idade.\n\n2) Faça um programa que leia:\n\na. um número\n\n3) Escreva um programa que some.\n\n4) Crie um algoritmo que ordene.\n\n5) Pense nisso.\n", "AULA1 | exercise | Faça um programa que peça a idade.\nAULA1 | exercise | Faça um programa que leia: a. um número\nAULA1 | exercise | Escreva um programa que some.\nAULA1 | exercise | Crie um algoritmo que ordene.\nAULA1 | exercise | Pense nisso.\n"},
		{"a lab that goes from question to question", "# Confidence\n\n## The data\n\nText.\n\n1. What part of them agree?\n2. Would another sample be the same?\n\n## Levels\n\nText.\n\n1. What does it mean?\n\nMore text.\n\n2. Choose another level. Is it wider?\n", "The data | question | What part of them agree?\nThe data | question | Would another sample be the same?\nLevels | question | What does it mean?\nLevels | exercise | Choose another level. Is it wider?\n"},
		{"steps of a tutorial are none", "# Install\n\n## Get it\n\n1. Download the file.\n2. Open it.\n\n## Run it\n\n3. Start the program.\n4. Choose a name.\n", ""},
		{"a list that a long paragraph announces", "# Lenguajes\n\nEn esta práctica tienes que responder a una serie de preguntas de tipo test, que se entregan en el aula virtual. Aquí tienes que responder a estas cuestiones:\n\n- ¿Quién ejecuta los programas?\n- ¿Dónde se cargan?\n", "Aquí tienes que responder a estas cuestiones | question | ¿Quién ejecuta los programas?\nAquí tienes que responder a estas cuestiones | question | ¿Dónde se cargan?\n"},
		{"a page that calls itself an exercise", "# Philosophers\n\nFive of them dine.\n\nYou will need a compiler for this exercise. Fill out the blanks.\n", "Philosophers | exercise | Five of them dine. You will need a compiler for this exercise. Fill out the blanks.\n"},
		{"a list of tasks among other sections of an assignment", "# Assignment 4. Sarcasm\n\nAuthor: N.\n\nWe split the data.\n\n## Tasks:\n\n1. Analyze the data.\n2. Build a model of it.\n\n## Links:\n\n- a library\n", "Tasks | exercise | Analyze the data.\nTasks | exercise | Build a model of it.\n"},
		{"the data of a homework", "# Homework 1\n\n## Getting the data\n\nDownload it from here.\n\n## Question 1\n\nWhat is its mean?\n", "Homework 1 | question | What is its mean?\n"},
		{"a title that stands below", "### What is a function?\n\nA block.\n\n### How is it called?\n\nBy its name.\n\n## Exercise\n\nWrite a function that greets.\n", "Exercise | exercise | Write a function that greets.\n"},
		{"a rubric", "# Project\n\n## Project report rubric 2024\n\n#### Q1: Is there an introduction?\n\n- Yes\n- No\n\n#### Q2: Is there a conclusion?\n\n- Yes\n- No\n", ""},
		{"a title that ends in exercise", "# Build rules exercise\n\nAdd a target to the file.\n\nRun it.\n\n## Where to find help\n\n- the options\n", "Build rules exercise | exercise | Add a target to the file. Run it.\n"},
		{"steps on what a page shows", "# Conversions\n\nThey are not made for you:\n\n```\nx\n```\n\n1. Run the above program.\n2. Change the types.\n", "Conversions | exercise | 1. Run the above program. 2. Change the types.\n"},
		{"pages of a course by their names", "# Questions\n\n## Questions by category\n\n- Theory: [theory.md](theory.md) (models)\n- Coding: [coding.md](coding.md)\n- more to come\n", ""},
		{"long questions under a title", "# Protocols\n\nText.\n\n1. Use a tool to send a message with one line to yourself and look at the message that you sent and at the one you received. Can you explain each line?\n2. Many of the numbers of ports have been reserved for some applications, in a register that is kept and can be read by all. What is the number for it?\n3. The protocol has three phases, of which the first is the one where the client gives a name and a password. What are its main commands and their parameters?\n4. On phones users want to avoid that large messages are loaded over a slow network without wires. How could a client load only those that are small?\n", "Protocols | exercise | Use a tool to send a message with one line to yourself and look at the message that you sent and at the one you received. Can you explain each line?\nProtocols | question | Many of the numbers of ports have been reserved for some applications, in a register that is kept and can be read by all. What is the number for it?\nProtocols | question | The protocol has three phases, of which the first is the one where the client gives a name and a password. What are its main commands and their parameters?\nProtocols | question | On phones users want to avoid that large messages are loaded over a slow network without wires. How could a client load only those that are small?\n"},
		{"no task today", "# T\n\n## Assignment\n\n1. Surprise! No assignment!\n", ""},
		{"a lecture asks itself", "# What is a loop?\n\nA loop repeats. Why?\n\n## Why loops?\n\nThey are short.\n", ""},
		{"one task in several words under a heading", "# T\n\n## Challenge\n\nDraw a picture of a loop with what you know.\n", "Challenge | exercise | Draw a picture of a loop with what you know.\n"},
		{"a place that only tells", "# T\n\n## Assignments\n\nAssignments consist of problems and are handed in on paper.\n", ""},
	} {
		if _, x := found(t, c.text); told(x) != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, told(x), c.want)
		}
	}
}

func TestItems(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a labelled paragraph with all that follows", "# T\n\nText.\n\n**Exercise 3.1:** Write `f`.\n\n```\nf(1)\n```\n\nIt returns 2.\n\n**Exercise 3.2:** Stop.\n", "T | exercise | Write f. f(1) It returns 2.\nT | exercise | Stop.\n"},
		{"a label of which only the word is bold", "# T\n\n## Questions\n\n**Q**: Why?\n\n**Answer**:\n\nTwo reasons:\n\n- one\n- two\n", "Questions | question | Why? = Two reasons: • one • two\n"},
		{"bold questions with their answers behind them", "# T\n\n## Questions\n\n1. **What does a_b and a_c do?** — It adds.\n2. **Why now?** — It is time.\n", "Questions | question | What does a_b and a_c do? = It adds.\nQuestions | question | Why now? = It is time.\n"},
		{"a label whose last word says what it is", "# T\n\n## Practice\n\n**Warm-up Question**: What is a loop?\n\n**Debug Challenge**: Find the error in this loop.\n", "Practice | question | What is a loop?\nPractice | exercise | Find the error in this loop.\n"},
		{"input and output of a task", "# Sum\n\n## Задание\n\nНеобходимо найти сумму чисел.\n\n## Формат входных данных\n\nДва числа.\n\n## Решение задачи\n\n```\nprint(a+b)\n```\n", "Задание | exercise | Необходимо найти сумму чисел. Два числа. = print(a+b)\n"},
		{"stars before a task with code", "# T\n\n1. 🌟 Fix it.\n\n```\nx\n```\n\n2. 🌟🌟 Fill it in.\n\n```\ny\n```\n", "T | exercise easy | Fix it. x\nT | exercise medium | Fill it in. y\n"},
		{"a question and its answer, a line each", "# T\n\n## Lecture 1\n\nQ: What is it?\nA: It is one.\n", "Lecture 1 | question | What is it? = It is one.\n"},
		{"signs of difficulty that a legend tells", "# Interview questions\n\n* Legend: 👶 easy ⭐ medium 🚀 expert\n\n## Models\n\n**What is a model? 👶**\n\nA copy.\n\n**How is it checked? ⭐**\n\n1. Plot it.\n2. Look.\n\n**What is it for? 🚀**\n\nFor use.\n", "Models | question easy | What is a model? = A copy.\nModels | question medium | How is it checked? = 1. Plot it. 2. Look.\nModels | question hard | What is it for? = For use.\n"},
		{"only stars before code with blanks", "# T\n\n1. 🌟\n\n```\n// fix it\nlet x: __ = 1;\n```\n\n2. 🌟🌟 Why does it not run?\n\n```\nlet y = __;\n```\n", "T | exercise easy | // fix it let x: __ = 1;\nT | exercise medium | Why does it not run? let y = __;\n"},
		{"a quoted task and its code", "# Musterlösungen\n\n## Übung 1 - Hallo\n\n> Schreiben Sie ein Programm, welches grüßt.\n\n```\nprint(1)\n```\n\n## Übung 2 - Summe\n\nSiehe Aufgabe 2 im Blatt.\n", "Musterlösungen | exercise | Schreiben Sie ein Programm, welches grüßt. = print(1)\n"},
		{"a quoted question with its options", "# T\n\n## Questions\n\n#### Compute for…\n\n> Which is faster?\n>\n> a) this\n> b) that\n\n<details><summary>Answer</summary>\n\n**b) that**\n\n</details>\n", "Questions | choice | Which is faster? ? this ; +that\n"},
		{"boxes of practice", "# T\n\nText.\n\n:::tip Practice\nWrite a program that rolls dice.\n:::\n\nText.\n\n:::tip Practice: roll two\nWrite it so that it rolls two.\n:::\n\n:::tip Practice\nIt makes perfect.\n:::\n", "T | exercise | Write a program that rolls dice.\nT | exercise | Write it so that it rolls two.\n"},
		{"a box whose title asks and which a solution follows", "# T\n\n::::{admonition} What does it show?\n:::{solution}\nThe state.\n:::\n::::\n\n::::{admonition} What is next?\nMore of it.\n::::\n", "T | question | What does it show? = The state.\n"},
		{"a file to change", "# Dropout\n\n## Forward pass\n\nIn the file `layers.py`, implement the forward pass.\n\nText.\n\nIn the file you see what was written.\n", "Forward pass | exercise | In the file layers.py, implement the forward pass.\n"},
		{"a command in a heading, shown below", "# Pods\n\n### Create a pod with two containers\n\n<details><summary>show</summary>\n\nUse this.\n\n</details>\n", "Pods | exercise | Create a pod with two containers = Use this.\n"},
		{"code stars before an entry", "# T\n\n## Exercises\n\n1. `*` Explain it.\n2. `***` Prove it.\n", "Exercises | exercise easy | Explain it.\nExercises | exercise hard | Prove it.\n"},
		{"a label in bold above its question", "# T\n\nText.\n\n**Challenge**\nWhy is it slow?\n", "T | exercise | Why is it slow?\n"},
		{"labels within bold paragraphs", "# T\n\n**Question 4: Is it stable?**\n\n- Yes, p = 0.1\n- No, p = 0.1\n- Yes, p = 0.2\n\n**Next we fit it. Question 5: Which is best?**\n\n- D = 1, d = 0, Q = 0, q = 2, P = 3, p = 1\n- D = 2, d = 1, Q = 1, q = 2, P = 3, p = 1\n- D = 1, d = 1, Q = 1, q = 2, P = 3, p = 1\n", "T | choice | Is it stable? ? Yes, p = 0.1 ; No, p = 0.1 ; Yes, p = 0.2\nT | choice | Which is best? ? D = 1, d = 0, Q = 0, q = 2, P = 3, p = 1 ; D = 2, d = 1, Q = 1, q = 2, P = 3, p = 1 ; D = 1, d = 1, Q = 1, q = 2, P = 3, p = 1\n"},
		{"code above each question", "# Fragen\n\n### Code\n\n```\n~~3\n```\nFrage: Welcher Wert?\n**Antwort: 3**\n\n```\n~~4\n```\nFrage: Welcher Wert?\n**Antwort: 4**\n", "Code | question | Welcher Wert? ~~3 = 3\nCode | question | Welcher Wert? ~~4 = 4\n"},
		{"links to choose from", "# T\n\n::: exercise\nPick a project from the list below. How is it licensed?\n\n- [Git](https://example.org/git), a tool\n- [CPython](https://example.org/py), a language\n:::\n", "T | exercise | Pick a project from the list below. How is it licensed? • Git, a tool • CPython, a language\n"},
		{"answers in order at the end", "# T\n\n## Quiz\n\n- What is a loop?\n- What is a list?\n- What is a map?\n\n## Loops\n\nText.\n\n## Answers\n\n- It repeats.\n- It holds.\n- It finds.\n", "Quiz | question | What is a loop? = It repeats.\nQuiz | question | What is a list? = It holds.\nQuiz | question | What is a map? = It finds.\n"},
		{"one question on a page of questions and answers", "# Probability\n\nBoth questions and answers here are given by the community.\n\n**Is the coin with two heads more likely after eight heads in a row?**\n\nNo, by the theorem of Bayes.\n", "Probability | question | Is the coin with two heads more likely after eight heads in a row? = No, by the theorem of Bayes.\n"},
		{"an answer that is not there yet", "# T\n\n## Exercise\n\nOpen a request and review it.\n\n## Solution\n\nWe will add this before the lesson.\n", "Exercise | exercise | Open a request and review it.\n"},
		{"solutions behind the parts of a task", "# T\n\n## Exercise\n\nTell of each whether it is true:\n\n- Cats purr.\n\n  <details><summary>Solution</summary>\n\n  True.\n\n  </details>\n- Dogs purr.\n\n  <details><summary>Solution</summary>\n\n  False.\n\n  </details>\n", "Exercise | exercise | Tell of each whether it is true: • Cats purr. • Dogs purr. = • True. • False.\n"},
		{"a statement and a solution that opens", "# 3.9 Mois\n\n## **Énoncé**\n\nÉtant donné un mois, affichez le nombre de ses jours.\n\n## Aide\n\nVoir ici.\n\n<details><summary>Cliquez ici pour voir la solution</summary>\n\n`print(31)`\n\n</details>\n", "3.9 Mois | exercise | Étant donné un mois, affichez le nombre de ses jours. = print(31)\n"},
		{"a solution that stands elsewhere", "# T\n\n## Exercise\n\nWrite it by yourself.\n\n## Solution\n\nReview the [solution notebook](a.ipynb) for it.\n", "Exercise | exercise | Write it by yourself.\n"},
		{"numbers with their statements quoted", "## 2.3-1\n\n> Sort the array.\n\nIt is sorted.\n\n## 2.3-2 ★\n\n> Rewrite it.\n\n```\nx\n```\n", "2.3-1 | exercise | Sort the array. = It is sorted.\n2.3-1 | exercise | Rewrite it. = x\n"},
		{"boxes of questions with their answers", "# S\n\n### Q & A\n\n!!! question \"Is it a list that goes both ways\"\n\n    Use of a stack explains it.\n", "Q & A | question | Is it a list that goes both ways = Use of a stack explains it.\n"},
		{"answers that are quoted", "# T\n\nText.\n\n**What happens when the buffer is full?**\n\n> Answer: Nothing is lost.\n\n## Exercises\n\n1. Explain it.\n\n   > Answer: As above.\n", "T | question | What happens when the buffer is full? = Nothing is lost.\nExercises | exercise | Explain it. = As above.\n"},
		{"options after a colon", "# T\n\n## Exercises\n\n9. The distribution of it is :\n\n    A. equal to it.\n    B. about normal.\n    C. not random.\n", "Exercises | choice | The distribution of it is : ? equal to it. ; about normal. ; not random.\n"},
		{"parts that command are no options", "# T\n\n## Exercises\n\n5. Let it be random.\n\n    a) Find its mean.\n    b) Find its spread.\n", "Exercises | exercise | Let it be random. • a) Find its mean. • b) Find its spread.\n"},
		{"an exercise in passing", "# T\n\n## Loops\n\nText.\n\nAs an exercise, rewrite it with a loop.\n", "Loops | exercise | As an exercise, rewrite it with a loop.\n"},
		{"what leads to a question", "# T\n\n**Question 6: How far is it?**\n\n**Print the weights.** **Question 7: Which is most?**\n", "T | question | How far is it?\nT | question | Print the weights. Which is most?\n"},
		{"answers within numbered entries", "# Threads\n\n1. What is one?\n   - It runs.\n2. What are its states?\n   - New and done.\n3. Who starts it?\n   - The program.\n4. Who ends it?\n   - Itself.\n5. How is it named?\n   - By a word.\n", "Threads | question | What is one? = It runs.\nThreads | question | What are its states? = New and done.\nThreads | question | Who starts it? = The program.\nThreads | question | Who ends it? = Itself.\nThreads | question | How is it named? = By a word.\n"},
		{"labelled paragraphs and their answers", "# Flask\n\nQ1. What is it?\n\nIt is a small framework for pages.\n\nQ2. Create a page that greets.\n\n```\nhi()\n```\n\nQ3. Why are routes used?\n\nThey say which page is meant.\n", "Flask | question | What is it? = It is a small framework for pages.\nFlask | question | Create a page that greets. = hi()\nFlask | question | Why are routes used? = They say which page is meant.\n"},
		{"the label of an answer behind its question", "# T\n\n## 习题\n\n1. 你还听说过哪些？\n参考答案：\n   - 第一个\n", "习题 | exercise | 你还听说过哪些？ = 第一个\n"},
		{"quoted tasks of a book of solutions", "# Chapter 1\n\n## Exercise 1.1\n\n> Find your compiler.\n\nIt is here.\n\n## Exercise 1.2\n\n> Exercise 1.2: Change it.\n\nTip: run it.\n\n## Exercise 1.3\n\n> Print it.\n\nThus.\n", "Chapter 1 | exercise | Find your compiler. = It is here.\nChapter 1 | exercise | Change it. = Tip: run it.\nChapter 1 | exercise | Print it. = Thus.\n"},
		{"numbered headings of a sheet", "# Estado\n\n### Ejercicios 7.1.-7.3.\n\n#### 7.1: paso 1\n\nAmplíe la aplicación con un estado.\n\n#### 7.2: paso 2\n\nGuarde las notas en él.\n\n#### 7.3: paso 3\n\nImplemente la vista.\n", "Ejercicios 7.1.-7.3 | exercise | Amplíe la aplicación con un estado.\nEjercicios 7.1.-7.3 | exercise | Guarde las notas en él.\nEjercicios 7.1.-7.3 | exercise | Implemente la vista.\n"},
		{"a task and its list", "# Machines\n\nText about machines.\n\nYour task is the following:\n\n- compute the profit\n- rank them\n", "Machines | exercise | Your task is the following: • compute the profit • rank them\n"},
		{"a sheet with letters and numbers", "# Meilenstein 03\n\n## A3.1: Interpreter\n\nBauen Sie ihn ein:\n\n- Lesen Sie eine Datei.\n\n## A3.2: Vortrag\n\nBereiten Sie ihn vor.\n", "Meilenstein 03 | exercise | Bauen Sie ihn ein: • Lesen Sie eine Datei.\nMeilenstein 03 | exercise | Bereiten Sie ihn vor.\n"},
		{"stars in words", "# T\n\n#### Exercise: 3 stars, advanced (bar)\n\nProve that it holds.\n", "T | exercise medium | Prove that it holds.\n"},
		{"a hint in brackets", "# T\n\n## Exercises\n\n#### 1. Print the version of it\n(hint: `version`)\n\n#### 2. Create a vector of zeros\n", "Exercises | exercise | Print the version of it\nExercises | exercise | Create a vector of zeros\n"},
		{"invitations in other languages", "# T\n\nText.\n\n✏️ **¡Inténtalo!** Toma el elemento 15 y míralo.\n\n✅ Do a bit of research on the term.\n\n💡 **Did you know?** Bits are small.\n", "T | exercise | Toma el elemento 15 y míralo.\nT | exercise | Do a bit of research on the term.\n"},
		{"labels of one letter", "# T\n\nВ1: Что это?\n\nP2: ¿Qué es?\n", "T | question | Что это?\nT | question | ¿Qué es?\n"},
		{"what is said of an exercise", "# T\n\nExercise 3.1 shows that it works.\n", ""},
		{"a labelled heading", "# T\n\n## Question 2: Sums\n\nAdd one and two. What do you get?\n", "T | question | Add one and two. What do you get?\n"},
		{"a heading that is the question", "# T\n\n## Knowledge check\n\n### 1. Why is it so?\n\nBecause it is.\n", "Knowledge check | question | Why is it so? = Because it is.\n"},
		{"lettered parts belong to the words above", "# T\n\n## Exercises\n\nAn urn holds five marbles.\n\n(a) How many are red?\n(b) How many are blue?\n\nA drawer holds socks.\n\n(a) How many?\n(b) Why?\n", "Exercises | exercise | An urn holds five marbles. • a) How many are red? • b) How many are blue?\nExercises | exercise | A drawer holds socks. • a) How many? • b) Why?\n"},
		{"an entry with code goes on below it", "# T\n\n## Exercises\n\n1. Run this:\n\n```\nls\n```\n\n2. Look.\n", "Exercises | exercise | Run this: ls\nExercises | exercise | Look.\n"},
		{"a box", "# T\n\n:::{exercise} Sum\nAdd them.\n:::\n", "T | exercise | Add them.\n"},
		{"a box of independent questions", "# T\n\n!!! question \"Questions\"\n    - Why?\n    - What for?\n", "Questions | question | Why?\nQuestions | question | What for?\n"},
		{"code to run is no task", "# T\n\n:::{activecode} x\n```\nprint(1)\n```\n:::\n", ""},
		{"an invitation", "# T\n\nText.\n\n✅ Look up who said it. What else did they say?\n\n> ✏️ **Try it out!** Load another file and look at it.\n", "T | exercise | Look up who said it. What else did they say?\nT | exercise | Load another file and look at it.\n"},
		{"your task is", "# T\n\nThe car stops. __Your task__ is to fix it.\n", "T | exercise | The car stops. Your task is to fix it.\n"},
		{"a question to the audience", "# T\n\nText.\n\n> Why does it stop?\n\n## More\n\nText.\n", "T | question | Why does it stop?\n"},
		{"what is about the task and not in it", "# T\n\n### Exercise 1: Sum\n\n**Time:** 20 minutes\n\n**Instructions.** Add them.\n\n**Evaluation criteria.** It adds.\n\nBe exact.\n", "T | exercise | Add them.\n"},
		{"a page of one task", "# Hamming\n\nThe distance counts what differs.\n\n## Instructions\n\nWrite a function that returns it.\n", "Hamming | exercise | Write a function that returns it.\n"},
		{"a page that begins with its task", "# min\n\nНапишите функцию `min(a,b)`, которая возвращает меньшее.\n", "min | exercise | Напишите функцию min(a,b), которая возвращает меньшее.\n"},
		{"a sheet with a rubric", "# Создайте шкалу\n\n## Инструкции\n\nИспользуя репозиторий, создайте временную шкалу.\n\n## Рубрика\n\n| Отлично |\n|---|\n| Есть |\n", "Создайте шкалу | exercise | Используя репозиторий, создайте временную шкалу.\n"},
		{"a repeat counts once", "# T\n\n## Questions\n\n- Why?\n- why?\n", "Questions | question | Why?\n"},
		{"titles that lead nowhere", "# T\n\n## Steps\n\n1. Open the file.\n2. Close it.\n", ""},
	} {
		if _, x := found(t, c.text); told(x) != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, told(x), c.want)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a solution in a box", "# T\n\n::: challenge\n\n## Sum\n\nAdd.\n\n::: solution\n\nThree.\n\n:::\n\n:::\n", "T | exercise | Add. = Three.\n"},
		{"a solution under a heading", "# T\n\n## Exercises\n\n### Exercise 1\n\nAdd.\n\n#### Solution\n\nThree.\n", "Exercises | exercise | Add. = Three.\n"},
		{"a solution behind what opens", "# T\n\nWhat number would it be?\n\n<details>\n<summary>Show answer</summary>\n\nSix.\n\n</details>\n", "T | question | What number would it be? = Six.\n"},
		{"questions that open", "# Interview questions\n\n<details>\n<summary>What is DNS?</summary><br><b>\n\nNames.\n\n</b></details>\n\n<details>\n<summary>Cite two tools</summary><br><b>\n\nA and B.\n\n</b></details>\n", "Interview questions | question | What is DNS? = Names.\nInterview questions | question | Cite two tools = A and B.\n"},
		{"an answer in the same words", "# T\n\n## Questions\n\n1. **Why is it so?**\n   *Answer:* Because.\n", "Questions | question | Why is it so? = Because.\n"},
		{"a question in bold and its answer", "# Interview questions\n\n- **What is it?** A thing.\n- **Why is it?** For fun.\n", "Interview questions | question | What is it? = A thing.\nInterview questions | question | Why is it? = For fun.\n"},
		{"all questions have their answers behind them", "# T\n\n## Вопросы\n\n1. Что такое раз? Это число на земле.\n2. Что такое два? Это другое число на земле.\n3. Что такое три? Это третье число на земле.\n", "Вопросы | question | Что такое раз? = Это число на земле.\nВопросы | question | Что такое два? = Это другое число на земле.\nВопросы | question | Что такое три? = Это третье число на земле.\n"},
		{"nested entries answer", "# Interview questions\n\n- Launch modes\n  - one stands alone\n  - another does not\n", "Interview questions | question | Launch modes = • one stands alone • another does not\n"},
		{"nested entries ask", "# Interview questions\n\n- What is a loop?\n  - How does it end?\n", "Interview questions | question | What is a loop? • How does it end?\n"},
		{"code that always follows", "# 100 exercises\n\n#### 1. Import the package (★☆☆)\n\n```\nimport x\n```\n\n#### 2. Print its version (★★☆)\n\n```\nprint(x)\n```\n", "100 exercises | exercise easy | Import the package = import x\n100 exercises | exercise medium | Print its version = print(x)\n"},
		{"code that is asked about", "# T\n\n## Questions\n\nWhat does this code print?\n\n```\nprint(1)\n```\n", "Questions | question | What does this code print? print(1)\n"},
		{"room for an answer", "# T\n\n## Exercises\n\n### Exercise 1\n\nAdd.\n\n```\n# Your code here\n```\n\n*Your answer:*\n", "Exercises | exercise | Add.\n"},
		{"answers at the end of the chapter", "# T\n\n## Quiz\n\n1. One?\n2. Two?\n\n## Text\n\nWords.\n\n## Quiz answers\n\n1. First.\n2. Second.\n", "Quiz | question | One? = First.\nQuiz | question | Two? = Second.\n"},
		{"a hint is no answer", "# T\n\n## Exercises\n\n### Exercise 1\n\nAdd.\n\n> [!HINT]\n> Two.\n\n**Hint:** count.\n", "Exercises | exercise | Add.\n"},
		{"a ticket of an exam", "# Лекция\n\n# Билет 5. Быстрый поиск\n\nДелим пополам.\n\n# Билет 6.\nСхема Горнера\n\nСкладываем.\n", "Лекция | question | Быстрый поиск = Делим пополам.\nЛекция | question | Схема Горнера = Складываем.\n"},
	} {
		if _, x := found(t, c.text); told(x) != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, told(x), c.want)
		}
	}
}

func TestChoices(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"boxes to tick", "# Quiz\n\n### 1. Which is even?\n\n- [ ] one\n- [x] two\n", "Quiz | choice | Which is even? ? one ; +two\n"},
		{"letters and the right one below", "# T\n\n## Questions\n\n1. **Which is even?**\nA) one\nB) two\nCorrect Answer: B\n\n2. **Which is odd?**\nA) one\nB) two\nCorrect Answer: A\n", "Questions | choice | Which is even? ? one ; +two\nQuestions | choice | Which is odd? ? +one ; two\n"},
		{"a component", "# Quiz\n\n### Question 1: Parity\n\nWhich is even?\n\n<Question\n  choices={[\n    { text: \"one\", explain: \"odd\" },\n    { text: \"two\", explain: \"even\", correct: true },\n  ]}\n/>\n\nWell done, that was all of it.\n", "Quiz | choice | Which is even? ? one ; +two ~ even\n"},
		{"short entries under a question in a task", "# T\n\n::: challenge\n\nHow many times does it run?\n\n- 3 times\n- 4 times\n- 5 times\n\n::: solution\n\nIt runs 4 times.\n\n:::\n\n:::\n", "T | choice | How many times does it run? ? 3 times ; 4 times ; 5 times\n"},
		{"which of the following", "# T\n\n## Question 1\n\nWhich of the following are true? Select all that apply.\n\n1. It grows.\n2. It shrinks.\n\n*Your answer:*\n", "T | choice | Which of the following are true? Select all that apply. ? It grows. ; It shrinks.\n"},
		{"true or false", "# T\n\n## Check your understanding\n\n::: question\nTrue/False: loops end.\n\n1. True\n2. False\n:::\n", "Check your understanding | choice | True/False: loops end. ? True ; False\n"},
		{"choices on one line", "# T\n\n## Questions\n\n1. What is even?\n\n   A. one B. two C. three\n", "Questions | choice | What is even? ? one ; two ; three\n"},
		{"an explanation below", "# Quiz\n\n### Which is even?\n\n- [ ] one\n- [x] two\n\n> **Explanation:** two is.\n", "Quiz | choice | Which is even? ? one ; +two ~ Explanation: two is.\n"},
		{"steps are no choices", "# T\n\n::: challenge\n\nHow would you do it?\n\n- Open the file.\n- Write the line.\n- Close the file.\n\n:::\n", "T | exercise | How would you do it? • Open the file. • Write the line. • Close the file.\n"},
		{"a checklist is none", "# T\n\n## Before you leave\n\n- [ ] The file is there\n- [ ] It opens\n", ""},
	} {
		if _, x := found(t, c.text); told(x) != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, told(x), c.want)
		}
	}
}

func TestMoreChoices(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a paragraph each", "# Quiz\n\nQ1: Which one runs itself?\n\nA - This\n\nB - That\n\n---\n\nQ2: Is it free?\n\nA - True\n\nB - False\n", "Quiz | choice | Which one runs itself? ? This ; That\nQuiz | choice | Is it free? ? True ; False\n"},
		{"in the paragraph of the question", "# T\n\n## Quiz\n\n1. Which is it? A) one B) two C) three\n", "Quiz | choice | Which is it? ? one ; two ; three\n"},
		{"with the right one named and explained", "# T\n\n## Questions\n\n### Question 1 — Easy\n\n**Which?**\n\n- A) Do we?\n- B) Did we?\n- C) Will we?\n\n<details><summary>Reveal Answer</summary>\n\n**Correct Answer: B**\n\n**Explanation**: It is past.\n\n</details>\n", "Questions | choice easy | Which? ? Do we? ; +Did we? ; Will we? ~ Explanation: It is past.\n"},
		{"with its letter before the reason", "# T\n\n## Autoevaluación\n\n### 1. ¿Cuál es?\n\n- A) uno\n- B) dos\n- C) tres\n\n**Respuesta correcta:** B. Porque sí.\n", "Autoevaluación | choice | ¿Cuál es? ? uno ; +dos ; tres ~ Porque sí.\n"},
		{"numbers below the question, then code", "# Homework 1\n\n## Question 3. Count\n\nHow many rows are there?\n\nRemember the header.\n\n- 15\n- 16\n- 17\n\n```sql\nselect 1\n```\n", "Homework 1 | choice | How many rows are there? Remember the header. ? 15 ; 16 ; 17\n"},
		{"with an explanation that is a list", "# Quiz\n\n#### Q3. What do these do:\n\n```bash\nls\n```\n\n- [ ] one\n- [x] two\n\n**Explanation:**\n\n- because\n", "Quiz | choice | What do these do: ls ? one ; +two ~ because\n"},
		{"below a numbered question", "# Homework 2\n\n## Quiz Questions\n\n1) What is the size of it?\n- 128 MiB\n- 134 MiB\n\n2) How would you set the zone?\n- Add a property\n- Change the clock\n", "Quiz Questions | choice | What is the size of it? ? 128 MiB ; 134 MiB\nQuiz Questions | choice | How would you set the zone? ? Add a property ; Change the clock\n"},
		{"behind the word", "# Homework 3\n\n### Question 3\n\nWhich is best?\n\nOptions:\n\n- 0.01\n- 0.1\n", "Homework 3 | choice | Which is best? ? 0.01 ; 0.1\n"},
		{"with the number of the right one", "# T\n\n## Knowledge check\n\nWhat's true about it?\n\n1. It is fast.\n1. It is slow.\n\nA: 2, it takes a day.\n", "Knowledge check | choice | What's true about it? ? It is fast. ; +It is slow. ~ it takes a day.\n"},
		{"of a bold question", "# Assignment\n\n**Question 1.** How many?\n\n- 10\n- 15\n- 20\n\n**Question 2.** Which?\n\n- A to B\n- C to D\n- E to F\n", "Assignment | choice | How many? ? 10 ; 15 ; 20\nAssignment | choice | Which? ? A to B ; C to D ; E to F\n"},
		{"a remark below them in a box", "# T\n\n:::{exercise} Reading\nWhat is the level?\n\n1. 3\n2. 4\n3. 5\n\nThe term is traceback.\n\n:::{solution}\n3 is right.\n:::\n:::\n", "T | choice | What is the level? ? 3 ; 4 ; 5\n"},
		{"with the right one in bold", "# T\n\n## Quiz\n\nWhich?\n\n- one\n- **two**\n- three\n", "Quiz | choice | Which? ? one ; +two ; three\n"},
		{"with the right one said so", "# T\n\n## Проверка понимания\n\n**Что верно?**\n\n1. **Правильный ответ:** Раз\n\n2. Два\n\n3. Три\n", "Проверка понимания | choice | Что верно? ? +Раз ; Два ; Три\n"},
		{"boxes under a stem with a gap", "# T\n\n## 单选题\n\n使用的软件是()\n\n- [ ] apt\n- [x] git\n", "单选题 | choice | 使用的软件是() ? apt ; +git\n"},
		{"verdicts of an Answerlist", "# Aufgabe\n\nBetrachten Sie das Bild.\n\n## Answerlist\n\n* Es ist rot.\n* Es ist blau.\n* Es ist groß.\n\n# Lösung\n\n## Answerlist\n\n* Wahr\n* Falsch. Nein.\n* Wahr\n", "Aufgabe | choice | Betrachten Sie das Bild. ? +Es ist rot. ; Es ist blau. ; +Es ist groß.\n"},
		{"a key of several letters", "# T\n\n## Quiz\n\nWhich?\n\n- a) one\n- b) two\n- c) three\n- d) four\n\nAnswer: a and c\n", "Quiz | choice | Which? ? +one ; two ; +three ; four\n"},
		{"a key of answers at the end", "# T\n\n## Question 1: One\n\nWhat is it?\n\n## Question 2: Two\n\nWhy is it?\n\n## Answer Key\n\n### Answer 1: One\n\nIt is.\n\n### Answer 2: Two\n\nBecause.\n", "T | question | What is it? = It is.\nT | question | Why is it? = Because.\n"},
		{"parts of a task are none", "# T\n\n## Exercises\n\n**1.** Consider a set.\n\n(a) Show that it is open.\n\n(b) Show that it is not closed.\n", "Exercises | exercise | Consider a set. • a) Show that it is open. • b) Show that it is not closed.\n"},
	} {
		if _, x := found(t, c.text); told(x) != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, told(x), c.want)
		}
	}
}

func TestSkipped(t *testing.T) {
	p, x := found(t, "# T\n\nWhy do we do it?\n\nBecause.\n\n## Contents\n\n- What is a loop?\n\n## Objectives\n\n- How does it end?\n\n## FAQ\n\nWhen is the exam?\n\n## Questions\n\n- Why?\n- why?\n\nWas this page helpful?\n")
	got := map[string]find.Reason{}
	for _, s := range x.Skipped {
		got[p.Blocks[s.Block].Text] = s.Reason
	}
	for text, want := range map[string]find.Reason{
		"Why do we do it?": find.Rhetorical, "What is a loop?": find.Contents, "How does it end?": find.Goals,
		"When is the exam?": find.Admin, "why?": find.Repeat, "Was this page helpful?": find.Furniture,
	} {
		if got[text] != want {
			t.Errorf("%q is skipped as %q, want %q", text, got[text], want)
		}
	}
}

var pieces = []string{"# H\n", "## Exercises\n", "## Вопросы\n", "### Exercise 1\n", "## Solution\n", "Questions:\n", "- a?\n", "  - b\n", "1. Do it.\n", "2. c\n", "a) x\nb) y\n", "- [ ] d\n- [x] e\n", "What is f?\n", "Answer: g\n", "*Answer:* h\n", "\n", "```\ncode\n```\n", "> ✅ Try it now please.\n", "::: challenge\n", "::: solution\n", ":::\n", "<details>\n<summary>Answer</summary>\n", "</details>\n", "**Q1.** Why so?\n", "Hint: i\n", "(★★☆)\n", "---\n", "Submit\n", "Your task is to go.\n", "<Question choices={[{text: \"j\"}, {text: \"k\", correct: true}]} />\n"}

// An item names blocks of the page that have words, ascending, and no block is the
// prompt of two.
func TestItemsStandOnThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 50).Draw(t, "pieces"), "")
		p, err := markdown.Read(context.Background(), text)
		if err != nil {
			t.Fatal(err)
		}
		x, err := find.Find(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		owner := map[int]string{}
		for _, g := range x.Groups {
			if len(g.Items) == 0 {
				t.Fatalf("group %q is empty", g.Title)
			}
			for _, it := range g.Items {
				if strings.TrimSpace(it.Prompt) == "" {
					t.Fatal("an item has no prompt")
				}
				for _, list := range [][]int{it.PromptBlocks, it.AnswerBlocks} {
					for k, b := range list {
						if b < 0 || b >= len(p.Blocks) || p.Blocks[b].Text == "" || k > 0 && list[k-1] >= b {
							t.Fatalf("%q stands at %v", it.Prompt, list)
						}
					}
				}
				for _, b := range it.PromptBlocks {
					if owner[b] != "" {
						t.Fatalf("block %d is asked by %q and by %q", b, owner[b], it.Prompt)
					}
					owner[b] = it.Prompt
				}
			}
		}
	})
}
