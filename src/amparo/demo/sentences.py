"""The few words that the demonstration needs: neutral, plainly made up, and about nothing that happened to anybody."""

# language: the first letter, and a later one
TOLD = {
    "en": ("This is a made-up report. I would like somebody to look after a child near me.",
           "Thank you. I can be reached in the afternoon."),
    "ar": ("هذا بلاغ وهمي. أود أن يهتم أحد بطفل قريب مني.", "شكرا. يمكن التواصل معي بعد الظهر."),
    "ru": ("Это вымышленное сообщение. Прошу кого-нибудь позаботиться о ребёнке рядом со мной.",
           "Спасибо. Со мной можно связаться днём."),
    "es": ("Este es un aviso inventado. Quisiera que alguien cuide de un niño cerca de mí.",
           "Gracias. Estoy disponible por la tarde."),
    "fr": ("Ceci est un signalement inventé. Je voudrais que quelqu’un prenne soin d’un enfant près de moi.",
           "Merci. On peut me joindre l’après-midi."),
}  # fmt: skip
ANSWERED = {
    "en": "Thank you for writing. We have read it and somebody is looking after it. Is there a good time to reach you?",
    "ar": "شكرا على رسالتك. لقد قرأناها وهناك من يتابعها. متى يناسبك أن نتواصل معك؟",
    "ru": "Спасибо за письмо. Мы прочитали его, и этим уже занимаются. Когда с вами удобно связаться?",
    "es": "Gracias por escribir. Lo hemos leído y alguien se ocupa. ¿Cuándo podemos ponernos en contacto?",
    "fr": "Merci d’avoir écrit. Nous l’avons lu et quelqu’un s’en occupe. Quand peut-on vous joindre ?",
}
NARRATIVE = "A made-up note: what was told is written down here in the words of the person who told it."
ASSESSED = "A made-up note of the conversation with the family."
HEALTH = "A made-up note: seen by the doctor, all is well."
CHILD_SAYS = ("I would like to go on with the guitar.", "I want to stay at my school.", "I would like to see my aunt.")
GOAL = "A made-up goal, in the words that the child chose."
ANSWER_TO_CHILD = "We talked about what you said. It is part of the plan now."
DELIVERED = "A made-up note: the meetings took place as agreed."
GLASS = "A made-up emergency: the worker could not be reached."
HOUSE = "House 7, Invented Street"
