// Package draft drafts answers to the questions that a lecture leaves open, from
// the lecture's own text, by any service that speaks OpenAI's protocol: Ollama
// or llama.cpp on this computer, or one elsewhere.
//
// Three laws hold. Nothing is sent that the user has not agreed to: [New] makes a
// [Plan] that holds every text in full, with the host it goes to and the tokens it
// takes, and [Run] sends just this plan, only with the [Consent] that names it.
// A draft rests on the lecture: the service must quote, and each quotation is
// looked for in the passage it names; a draft whose quotations are not all there is
// not Supported. A draft is no answer: it is kept beside the cards until the
// student accepts it (collection.KeepDrafts, AcceptDraft, RejectDraft).
//
// A screen goes this way:
//
//	config, err := draft.Load(ctx, settings) // config.Off(): not set up
//	lecture, err := draft.ReadLecture(ctx, text, name)
//	plan, err := draft.New(ctx, config, lecture, draft.Open(deck, waiting))
//	// show plan.Host, plan.Tokens(), and each of plan.Requests in full; ask
//	report, err := draft.Run(ctx, plan, draft.Options{
//		Consent: plan.Consent(), // the user said yes
//		Key:     key,            // from draft/keys; "" for none
//		Each: func(s draft.Step) error {
//			return collection.KeepDrafts(context.WithoutCancel(ctx), s.Drafts())
//		},
//	})
//
// Each is called after every request, so that what is drafted is kept whatever
// happens to the next one, and when the user cancels in that moment. Errors carry faults with a sentence for the user.
// The key is in no error and in no log.
package draft
