# ruff: noqa: SIM905, E501
"""The peoples of the made-up worlds (`bench.worlds`): their names and the ways in which these are written.

A name is `own:Latin,Latin …` – how its people write it, then the romanisations in use – or one word where there is but one
way. Everyday names, put together from general knowledge; no list of real people and no sample is behind them.
"""

CYRILLIC = {
    "m": "Александр Алексей Андрей Антон Артём Борис Вадим Валерий Василий Виктор Виталий Владимир Геннадий Георгий Григорий Даниил Денис Дмитрий Евгений Игорь Илья Кирилл Константин Лев Максим Марк Михаил Никита Николай Олег Павел Пётр Роман Руслан Сергей Степан Тимур Фёдор Юрий Ярослав".split(),
    "f": "Алина Алла Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Диана Екатерина Елена Елизавета Жанна Зоя Инна Ирина Карина Кира Ксения Лариса Любовь Людмила Маргарита Марина Мария Милана Надежда Наталья Нина Оксана Ольга Полина Светлана София Татьяна Ульяна Юлия Яна".split(),
    "stem": "Абрам Бел Бонд Вор Гонч Гром Дан Жук Зай Иван Кал Ковал Кост Крав Куз Лаз Лит Лук Мак Мар Мель Мих Мор Нов Орл Пав Петр Пол Пон Попо Ряб Сав Сид Сокол Степ Тар Тим Ткач Фил Хар Цвет Черн Шев Щерб Юрк Яков".split(),
    "end": {"m": "ов ев ин енко ук чук ский ич як ец".split(), "f": "ова ева ина енко ук чук ская ич як ец".split()},
    "pet": {"Александр": "Саша", "Алексей": "Лёша", "Анастасия": "Настя", "Анна": "Аня", "Владимир": "Вова", "Дарья": "Даша", "Дмитрий": "Дима", "Екатерина": "Катя", "Елена": "Лена", "Иван": "Ваня", "Мария": "Маша", "Михаил": "Миша", "Николай": "Коля", "Ольга": "Оля", "Павел": "Паша", "Сергей": "Серёжа", "София": "Соня", "Татьяна": "Таня", "Юлия": "Юля"},
    "nations": ["RUS", "UKR", "BLR", "BGR", "KAZ"],
}  # fmt: skip
ARABIC = {  # the name, and how it is written in Latin letters
    "m": "عبد_الرحمن:Abdul_Rahman,Abdulrahman,Abderrahmane,Abd_al-Rahman عبد_الله:Abdullah,Abdallah,Abd_Allah عبد_القادر:Abdul_Qadir,Abdelkader,Abd_el-Kader نور_الدين:Nour_al-Din,Noureddine,Nur_ad-Din أحمد:Ahmad,Ahmed,Achmed حسن:Hassan,Hasan حسين:Hussein,Husayn,Hocine علي:Ali,Aly عمر:Omar,Umar خالد:Khaled,Khalid سعيد:Said,Saeed يوسف:Yusuf,Youssef,Yousef إبراهيم:Ibrahim,Brahim محمود:Mahmoud,Mahmud مصطفى:Mustafa,Mostafa,Moustapha طارق:Tariq,Tarek كريم:Karim,Kareem رشيد:Rashid,Rachid,Rasheed ياسين:Yassin,Yasin,Yacine بلال:Bilal,Belal زياد:Ziad,Ziyad نبيل:Nabil,Nabeel سامي:Sami,Samy فيصل:Faisal,Faysal هشام:Hisham,Hicham جمال:Jamal,Gamal,Djamel قاسم:Qasim,Kassem,Kacem عثمان:Othman,Osman,Uthman بدر:Badr,Bader وليد:Walid,Waleed,Oualid ماجد:Majid,Maged حمزة:Hamza,Hamzah أنس:Anas,Anass أيمن:Ayman,Aymen".split(),
    "f": "فاطمة:Fatima,Fatma,Fatimah عائشة:Aisha,Aicha,Ayesha خديجة:Khadija,Khadidja زينب:Zainab,Zeinab,Zaynab مريم:Maryam,Mariam سارة:Sara,Sarah ليلى:Layla,Leila,Laila هدى:Huda,Houda نور:Nour,Noor,Nur سلمى:Salma,Selma آمنة:Amina,Amna رانيا:Rania,Raniya هناء:Hanaa,Hana سميرة:Samira,Sameera نادية:Nadia,Nadiya دعاء:Doaa,Duaa إسراء:Esraa,Israa شيماء:Shaimaa,Chaima حنان:Hanan,Hanane ريم:Reem,Rim رقية:Ruqaya,Rokaya أسماء:Asmaa,Asma جميلة:Jamila,Gamila,Djamila كوثر:Kawthar,Kaouthar وفاء:Wafaa,Ouafa لينا:Lina,Leena منى:Mona,Muna صفاء:Safaa,Safa هالة:Hala,Halah ياسمين:Yasmin,Yasmine".split(),
    "family": "الحسن:Al-Hassan,Elhassan الأحمد:Al-Ahmad,El_Ahmed العلي:Al-Ali,El_Ali السعيد:Al-Said,Elsaeed المصري:Al-Masri,El_Masry الشامي:Al-Shami,Chami الحداد:Al-Haddad,Haddad النجار:Al-Najjar,Naggar الخطيب:Al-Khatib,El_Khateeb القاضي:Al-Qadi,Kadi الزهراني:Al-Zahrani,Zahrani البغدادي:Al-Baghdadi,Baghdadi التميمي:Al-Tamimi,Tamimi العباسي:Al-Abbasi,Abbassi درويش:Darwish,Darwich منصور:Mansour,Mansur سليمان:Suleiman,Sulayman,Slimane صالح:Saleh,Salih حمدان:Hamdan,Hamdane عيسى:Issa,Eissa زيدان:Zidan,Zidane رمضان:Ramadan,Ramadhan شاهين:Shaheen,Chahine مراد:Murad,Mourad بركات:Barakat,Barakate كنعان:Kanaan,Canaan غانم:Ghanem,Ghanim عطار:Attar,Atar قباني:Qabbani,Kabbani بيطار:Bitar,Baytar".split(),
    "nations": ["SYR", "IRQ", "EGY", "MAR", "SDN"],
}  # fmt: skip
LATIN = {
    "m": "José:José,Jose Andrés:Andrés,Andres Adrian Albert Bastien Carlos Claude Cyril Damien Diego Emile Ernest Felix Fernando Gabriel Gaston Guillaume Hector Hugo Ignacio Jaime Javier Joaquin Jonas Julien Leandro Lorenzo Lucien Marcel Marco Martin Mateo Maurice Miguel Nicolas Octavio Pablo Pascal Philippe Rafael Ramon Raul Ricardo Roland Salvador Simon Stefano Thierry Tomas Vincent Xavier".split(),
    "f": "María:María,Maria Inés:Inés,Ines Mônica:Mônica,Monica Zoé:Zoé,Zoe Adela Agnes Alba Amalia Beatriz Berta Camila Carla Cecilia Claire Clara Claudia Colette Cristina Delphine Diana Elisa Elodie Emilia Esther Fabiola Flora Gabriela Gloria Helene Ines Irene Isabel Jacinta Josefina Juliette Laura Leonor Lidia Louise Lucia Luisa Marcela Marta Mercedes Monica Nadine Natalia Nicole Noemi Paloma Pilar Raquel Rosalia Silvia Simone Sofia Susana Sylvie Teresa Valeria Veronica Yolanda".split(),
    "stem": "Alar Bald Barr Cald Camp Card Cast Cer Col Cor Cruz Dur Esc Far Fern Font Gall Garn Gir Gom Guer Herr Laf Lam Leb Lop Mal Mart Mend Mer Mol Mont Mor Nav Oliv Ort Pal Pel Per Quin Ram Riv Rob Rod Ros Sal Sanch San Ser Sol Tor Val Var Vel Vill Zam".split(),
    "end": "ez eau ero illo ard ier ano ona edo ales ant in ois ado elle era ieux osa uela uez".split(),
    "pet": {"Guillaume": "Guille", "Fernando": "Nando", "Gabriel": "Gabi", "Ignacio": "Nacho", "Javier": "Javi", "Isabel": "Isa", "Josefina": "Pepa", "Mercedes": "Meche", "Nicolas": "Nico", "Rafael": "Rafa", "Salvador": "Chava", "Teresa": "Tere", "Beatriz": "Bea", "Cristina": "Cris"},
    "nations": ["FRA", "ESP", "COL", "PER", "BEL"],
}  # fmt: skip
# By sign: pinyin, Wade-Giles, Cantonese.
CHINESE = {
    "m": "伟:Wei,Wei,Wai 明:Ming,Ming,Ming 华:Hua,Hua,Wah 强:Qiang,Chiang,Keung 军:Jun,Chun,Kwan 杰:Jie,Chieh,Kit 涛:Tao,Tao,To 斌:Bin,Pin,Pan 建:Jian,Chien,Kin 国:Guo,Kuo,Kwok 志:Zhi,Chih,Chi 文:Wen,Wen,Man 俊:Jun,Chun,Chun 浩:Hao,Hao,Ho 宇:Yu,Yu,Yu 子:Zi,Tzu,Tsz 轩:Xuan,Hsuan,Hin 天:Tian,Tien,Tin 平:Ping,Ping,Ping 刚:Gang,Kang,Kong 龙:Long,Lung,Lung 波:Bo,Po,Bo".split(),
    "f": "芳:Fang,Fang,Fong 娜:Na,Na,Na 静:Jing,Ching,Ching 丽:Li,Li,Lai 敏:Min,Min,Man 秀:Xiu,Hsiu,Sau 英:Ying,Ying,Ying 美:Mei,Mei,Mei 玲:Ling,Ling,Ling 慧:Hui,Hui,Wai 雪:Xue,Hsueh,Suet 梅:Mei,Mei,Mui 婷:Ting,Ting,Ting 嘉:Jia,Chia,Ka 欣:Xin,Hsin,Yan 怡:Yi,I,Yi 佳:Jia,Chia,Kai 琳:Lin,Lin,Lam 晓:Xiao,Hsiao,Hiu 兰:Lan,Lan,Lan 莉:Li,Li,Lei 燕:Yan,Yen,Yin".split(),
    "family": "王:Wang,Wang,Wong 李:Li,Li,Lee 张:Zhang,Chang,Cheung 刘:Liu,Liu,Lau 陈:Chen,Chen,Chan 杨:Yang,Yang,Yeung 黄:Huang,Huang,Wong 赵:Zhao,Chao,Chiu 吴:Wu,Wu,Ng 周:Zhou,Chou,Chow 徐:Xu,Hsu,Tsui 孙:Sun,Sun,Suen 马:Ma,Ma,Ma 朱:Zhu,Chu,Chu 胡:Hu,Hu,Wu 郭:Guo,Kuo,Kwok 何:He,Ho,Ho 高:Gao,Kao,Ko 林:Lin,Lin,Lam 罗:Luo,Lo,Law 郑:Zheng,Cheng,Cheng 梁:Liang,Liang,Leung 谢:Xie,Hsieh,Tse 宋:Song,Sung,Sung 唐:Tang,Tang,Tong 许:Xu,Hsu,Hui 邓:Deng,Teng,Tang 冯:Feng,Feng,Fung 韩:Han,Han,Hon 曹:Cao,Tsao,Cho".split(),
    "nations": ["CHN", "VNM", "MYS", "SGP"],
}  # fmt: skip
SAHEL = {
    "m": "Mamadou:Mamadou,Mamadu,Mahamadou,Mohamadou Amadou:Amadou,Ahmadou,Amadu Ousmane:Ousmane,Usman,Ousman Ibrahima:Ibrahima,Ibrahim Abdoulaye:Abdoulaye,Abdulai,Abdullahi Moussa:Moussa,Musa Boubacar:Boubacar,Bubakar,Aboubacar,Abubakar Souleymane:Souleymane,Sulayman,Suleiman Oumar:Oumar,Umar,Omar Cheikh:Cheikh,Sheikh,Sheku Seydou:Seydou,Saidu,Seidu Modibo Bakary:Bakary,Bakari Lamine:Lamine,Lamin Alassane:Alassane,Alhassan,Lassana Yaya:Yaya,Yahya Idrissa:Idrissa,Idris,Driss Issa:Issa,Isa Adama Demba Samba Malick:Malick,Malik Youssouf:Youssouf,Yusuf,Yusupha Saliou:Saliou,Salieu Kwame Kofi Chidi Emeka:Emeka,Chukwuemeka Tunde:Tunde,Babatunde Sekou:Sekou,Sékou,Seku Djibril:Djibril,Jibril,Gibril".split(),
    "f": "Aminata:Aminata,Aminatou,Aminatu Fatoumata:Fatoumata,Fatumata,Fatmata,Fatou Aissatou:Aissatou,Aïssatou,Aisatu Mariama:Mariama,Mariam Kadiatou:Kadiatou,Kadiatu,Kadijatou Hawa:Hawa,Awa Oumou:Oumou,Umu Binta:Binta,Bintou,Bintu Djeneba:Djeneba,Jeneba,Djénéba Ramatoulaye:Ramatoulaye,Ramatulai Assetou:Assetou,Assétou Nafissatou:Nafissatou,Nafisatu Safiatou:Safiatou,Safiatu Rokia:Rokia,Rokiatou,Rukia Salimata:Salimata,Salimatou Khady:Khady,Kadi Coumba:Coumba,Kumba Ngozi Amara Adaeze Ama:Ama,Amma Abena Yacine:Yacine,Yasin Astou:Astou,Astu Haby:Haby,Habi Maimouna:Maimouna,Maimuna,Maïmouna Penda Sira:Sira,Sirah Tenin:Tenin,Ténin Zeinabou:Zeinabou,Zainabu".split(),
    "family": "Diallo:Diallo,Jallow,Jalloh Bah:Bah,Ba Barry:Barry,Barrie Traore:Traore,Traoré,Trawally Keita:Keita,Keïta Coulibaly:Coulibaly,Kulubali Diarra:Diarra,Jarra Ndiaye:Ndiaye,N'Diaye,Njie Cisse:Cisse,Cissé,Ceesay Toure:Toure,Touré,Turay Konate:Konate,Konaté,Conateh Camara:Camara,Kamara Sow:Sow,So Kouyate:Kouyate,Kouyaté,Kuyateh Diop:Diop,Jobe Fofana:Fofana,Fofanah Bangoura:Bangoura,Bangura Conde:Conde,Condé,Konde Dembele:Dembele,Dembélé Sidibe:Sidibe,Sidibé Doumbia:Doumbia,Dumbuya Sesay:Sesay,Sessay Kone:Kone,Koné Ouattara:Ouattara,Watara Sylla:Sylla,Sillah Okafor:Okafor,Okafo Mensah:Mensah,Mensa Sanogo Sangare:Sangare,Sangaré Faye:Faye,Fye".split(),
    "nations": ["MLI", "GIN", "SEN", "NGA", "NER"],
}  # fmt: skip
ETHIOPIC = {
    "m": "አበበ:Abebe,Ababa ተስፋዬ:Tesfaye,Tesfay ዳዊት:Dawit,Daweet,David ሀይሌ:Haile,Hayle ግርማ:Girma,Ghirma በቀለ:Bekele,Bekelle ከበደ:Kebede,Kabada ታደሰ:Tadesse,Tadese,Taddese ዮሐንስ:Yohannes,Yohanes,Johannes ሰለሞን:Solomon,Selomon መለስ:Meles,Melles ኃይለ:Hayle,Haile ብርሃኑ:Berhanu,Birhanu ጌታቸው:Getachew,Getachaw አለሙ:Alemu,Alamu ደረጀ:Dereje,Derege ሙሉጌታ:Mulugeta,Mulugheta ተክሌ:Tekle,Teklay ኤልያስ:Elias,Elyas ወንድሙ:Wondimu,Wendimu".split(),
    "f": "ሰላም:Selam,Selamawit አልማዝ:Almaz,Almas ትዕግስት:Tigist,Tegest ሂሩት:Hirut,Hiruth ብርቱካን:Birtukan,Bertukan ሃና:Hana,Hanna ማርታ:Marta,Martha ራሄል:Rahel,Rachel ሶፊያ:Sofia,Sofiya መሰረት:Meseret,Messeret ፀሐይ:Tsehay,Tsehai አስቴር:Aster,Ester ዘነበች:Zenebech,Zenebetch ገነት:Genet,Ghenet ሕይወት:Hiwot,Hiwet ቤተልሔም:Bethlehem,Betelhem ለምለም:Lemlem ውብሽት:Wubishet,Webishet".split(),
    "nations": ["ETH", "ERI"],
}  # fmt: skip
PEOPLES = {
    "latin": LATIN, "arabic": ARABIC, "cyrillic": CYRILLIC, "chinese": CHINESE, "sahel": SAHEL, "ethiopic": ETHIOPIC,
}  # fmt: skip
OWN_SCRIPT = {"arabic", "cyrillic", "chinese", "ethiopic"}
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SCHEMES = [
    dict(zip(_LETTERS, each.split(","), strict=True))
    for each in (
        "a,b,v,g,d,e,yo,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,yu,ya",
        "a,b,w,g,d,e,jo,sch,s,i,j,k,l,m,n,o,p,r,s,t,u,f,ch,z,tsch,sch,schtsch,,y,,e,ju,ja",
        "a,b,v,h,d,e,io,zh,z,y,i,k,l,m,n,o,p,r,s,t,u,f,kh,ts,ch,sh,shch,,y,,e,iu,ia",
        "a,b,v,g,d,e,io,j,z,i,i,k,l,m,n,o,p,r,s,t,ou,f,kh,ts,tch,ch,chtch,,y,,e,iou,ia",
    )
]
