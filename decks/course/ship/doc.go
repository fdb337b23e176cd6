// Package ship turns the sources of a course into releases that students trust: an
// author's keys, building, publishing, verifying.
//
// What is public lies with the sources and goes into git with them:
//
//	trust/1.json (.minisig, …)   who may sign releases, one statement after another
//	published.json               the release that was published last
//
// What is secret does not: the everyday keys lie in a [Store] outside the course, and the
// root key on paper. With it alone everyday keys are exchanged, added and withdrawn.
//
// Two people, or one on two computers, can publish the same course. Whoever has not
// taken over what the other has published, in the sources or in the folder, is told so
// before anything is signed: two releases with one number would stop the students of
// one of them.
package ship
