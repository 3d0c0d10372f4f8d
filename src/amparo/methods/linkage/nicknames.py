"""Pet names and the formal names they stand for, from everyday usage in several languages. Latin letters, lower case.

One line a formal name (or several of one kind): `formal = pet pet …`. A pet name may stand for several formal names.
"""

_USAGE = """
abigail=abby abbie gail; alexander=alex alec sandy xander sasha lex; alexandra=alex sandra sasha alexa lexi;
amelia=amy millie mia milly; andrew=andy drew; anthony=tony ant; benjamin=ben benny benji; catherine=cathy kate katie kitty cat katy;
charles=charlie chuck chaz; charlotte=charlie lottie lotte; christina=chris tina chrissy; christopher=chris kit topher;
daniel=dan danny dani; david=dave davey davy; deborah=deb debbie; dorothy=dot dottie; edward=ed eddie ted ned teddy;
eleanor=ellie nell nora nelly; elizabeth=liz beth betty lizzie eliza libby betsy lisa bess; emily=em emmy millie; emma=em emmy;
evelyn=evie eve; frances=fran frankie; francis=frank frankie; frederick=fred freddie freddy; freya=frey; gabriel=gabe; george=georgie;
grace=gracie; harold=harry hal; harriet=hattie; harrison=harry; henry=harry hank hal; isabella=bella izzy belle isa; isabelle=izzy bella;
isaac=zac ike; jack=jackie jacky; jacob=jake jakey; james=jim jimmy jamie jem; jennifer=jen jenny; jessica=jess jessie; john=jack johnny jon;
jonathan=jon jonny; joseph=joe joey; joshua=josh; katherine=kate kathy katie kitty kat kay; leonard=leo len lenny; lewis=lew; louis=lou louie;
lucas=luke; lucy=lu luce; madeleine=maddie maddy; margaret=meg maggie peggy greta daisy; mary=molly polly mamie; martha=marty mattie;
mason=mase; matilda=tilly tilda mattie; matthew=matt matty; megan=meg meggie; michael=mike mick mickey micky mikey; nathaniel=nat nate nathan;
nicholas=nick nicky; noah=noey; oliver=ollie olly; olivia=liv livvy ollie livia; oscar=ozzy; patricia=pat patty trish tricia; patrick=pat paddy;
peter=pete petey; philip=phil pip; phoebe=phee; poppy=pops pop; rebecca=becky becca bex; richard=rick dick richie ricky; robert=bob rob bobby robbie bert;
rose=rosie; ruby=rubes; samuel=sam sammy; samantha=sam sammy; sarah=sally sadie; sebastian=seb bas; sophia=sophie soph; sophie=soph;
stephen=steve stevie; susan=sue susie suzy; theodore=theo ted teddy; thomas=tom tommy; timothy=tim timmy; toby=tobes tobias; victoria=vicky tori vic;
virginia=ginny; william=will bill billy willie liam wills; zachary=zac zack; zoe=zo; aidan=aid; adam=ad; alfred=alf alfie fred; archibald=archie;
isla=izzy; holly=hol; lily=lil; ethan=eth; florence=flo flossie; imogen=immy; jasmine=jas jazz; ella=ellie; willow=will willa;
alejandro=ale alex jano; alejandra=ale alex jana; alberto=beto; ana=anita; andres=andresito; antonio=tono toni toño; beatriz=bea beti;
camila=cami mila; carlos=carlitos charly; carmen=carmencita; carolina=caro; catalina=cata; cristina=cris tina; daniela=dani; diego=dieguito;
eduardo=edu lalo; elena=lena nena; emiliano=emi; enrique=quique kike; esteban=teban; esperanza=espe; federico=fede; felipe=pipe; fernando=fer nando;
fernanda=fer nanda; francisco=paco pancho fran kiko curro; francisca=paca paqui; gabriela=gabi gaby; gabriel=gabi; graciela=chela; guadalupe=lupe lupita;
guillermo=memo guille; ignacio=nacho; isabel=isa chabela; javier=javi; jesus=chuy chus; jose=pepe chepe josito; josefa=pepa; juan=juanito juancho; juana=juanita;
julia=juli; lucia=lucha luci; luis=lucho luisito; luisa=lucha; manuel=manolo manu; marcela=chela; margarita=marga mago; maria=mari marita maruja mary; mariana=mari nana;
mateo=teo; mercedes=meche; miguel=migue mike; nicolas=nico; natalia=nata naty; pablo=pablito; patricia=pati; paula=pau; pedro=perico pedrito; rafael=rafa; ramon=moncho;
ricardo=richi; roberto=beto tito; rodrigo=rodri; rosa=rosita; rosario=charo; salvador=chava; samuel=sami samu; santiago=santi chago; sebastian=seba sebas; sergio=checo;
sofia=sofi; teresa=tere; tomas=tomi; valentina=vale tina; valeria=vale; vicente=chente; victor=vito; ximena=xime; yesenia=yesi; renata=rena reni; martin=tincho;
aleksandr,oleksandr,aleksandar=sasha sashko shura sanya sanja alex alik sascha; aleksandra,oleksandra=sasha shura sanya lesya sascha; aleksey,oleksiy,aleksei=alyosha lyosha lesha oleksa alex aljoscha;
anastasiya,anastasia=nastya nastia nastja stasya nastenka; andrey,andriy,andrii,andrei,andrej=andriyko andryusha andrijko andriiko andrijko; anna,hanna,ganna=anya anja ania anechka nyura annushka;
anton=antosha tosha antoshka; artem,artyom=tyoma tema; bogdan,bohdan=bodya danko bogdanchik; daria,dariya,dariia,darija=dasha darya dashenka darka dascha; denis,denys=deniska;
desislava=desi desy dessi; dmitriy,dmitry,dmytro,dmitrij=dima mitya dimka mitja; ekaterina,kateryna,katerina=katya katja katia katyusha; elena,olena,yelena,jelena=lena lenochka olenka alyona lenka;
evgeniy,yevgeniy,evgenij,evhen,yevhen,ewgenij,jewgenij,evgeny,evhenii=zhenya zhenia schenja genya yevhenko; evgeniya,yevgeniya,evgenia,ewgenija,jewgenija,evhenyia,evheniya=zhenya zhenia schenja genya;
egor,yegor,ehor,jegor,igor,ihor=egorka gosha yegorka igorek; fedor,fyodor,fjodor,fedir=fedya fedja; georgiy,georgi,georgij,heorhiy=gosha zhora goga gosho; grigoriy,hryhoriy=grisha hrysha;
ilya,illia,ilia=ilyusha ilyukha; irina,iryna=ira irka irinka irishka; ivan=vanya vania wanja ivanko ivanka vanyusha ivo; ivana=ivanka; jovana=joka; konstantin,kostyantyn=kostya kosta;
kristina,khrystyna=kris khrystia; ksenia,kseniya,oksana=ksyusha xenia; larisa,larysa=lara; leonid=lyonya lenya; lev=lyova leva; lyubov,liubov=lyuba lyubasha; lyudmila,liudmyla=lyuda mila lyusya;
margarita=rita margo; maria,mariya,mariia,marija=masha mascha marusya mariyka marijka manya marichka; maksim,maksym,maxim=max maks; mikhail,mykhailo,mihail,michail=misha mischa mysha mykhas; milan=mile; milica=mica;
nadezhda,nadiya,nadia=nadya nadja; natalia,natalya,nataliia,nataliya,natalija=natasha natascha nata natalka talya; nikita,mykyta=nik; nikola,mykola,nikolay,nikolai,mikola,nikolaj=kolya kolja mykolka nikolka niko; oleg,oleh=olezhyk olezhka olezh oleschek;
olga,olha=olya olja olia lyolya; oleksandr=olesko; pavel,pavlo,pavle,pawel=pasha pascha pavlik pavlyk pavlusha; petr,petro,petar,pyotr,pjotr,peter=petya petja petrus petryk pesho pero; polina=polya polinka; roman=roma romka romchyk;
sergey,sergei,serhii,serhiy,sergiy,sergij,serge=seryozha serhiyko seriozha serjoscha serezha serhiiko; sofia,sofiya,sofija=sonya sonja sofiyka sofika; stefan,stepan=stepko styopa stefko stevo; svetlana,svitlana=sveta svitlanka lana;
taras=tarasyk tarasik tarasko; tatiana,tatyana,tetiana=tanya tanja tania; vadim,vadym=vadik vadyk; valentin,valentyn=valya valik; valentina,valentyna=valya; valeriy=valera; vasil,vasily,vasyl,vasiliy=vasya wasja vasylko;
vera,vira=verochka; viktor=vitya; viktoria,viktoriya=vika vikusya; vladimir,volodymyr,wladimir=vova volodya wolodja vovka vlado; vladislav,vladyslav,wladislaw=vlad vladik wlad slava wladik; yaroslav=slava yarik; yulia,yuliya,julija,iuliia=yulka yulya julja;
yuriy,yurii,iurii,jurij,yury,yuri=yura jura yurko yurik iura; zoya,zoia=zoyka;
alexandru=alex sandu alecu; andreea=deea andra; andrei=andi; cristian=cristi; constantin=costel costi dinu; daniel=dani; dumitru=mitica mitru dima; elena=ileana lenuta nuta; florin=florinel; gabriela=gabi; gheorghe=gigi gica ghita;
ioana=oana ioanita; ion=ionel ionut nelu ionica; ionut=ionel; maria=marioara maricica mia; mihai=misu mihaita; mihaela=miha; nicolae=nicu nae; nicoleta=nico; ștefan,stefan=fane stefanel; vasile=vasilica sile; rares=rari;
abdallah,abdullah,abdullahi=abed abdo abboud; abdelrahman,abdulrahman,abdurrahman=abdo abed rahman; ahmad,ahmed=hamada hamoudi ahmadi; ali=alawi aloush; amina=amoun mina; asma=soumi; fatima,fatma=fatoum fattouma fatoumata batoul tima fifi;
hassan,hasan=hassoun hassouna; hussein,husain,hossein=hassouni hussi abbas; ibrahim=barhoum brahim ibra; ismail=samoul; jamal,gamal=jimi gimi; khadija=khaddouj dija; khalid,khaled=khalloud khallouda; layla,leila,laila=lulu lailoush loulou;
mahmoud=houda hamoud; mariam,maryam=maryouma mimi marioma; mohammed,muhammad,mohamed,mohamad=hamoudi hamada mo hamoud moh; mustafa=sattouf mus; nour,noor=nanou nounou; omar,umar,omer=amoura ammoura; osman,othman,uthman=ousmane;
rania,raniya=rannoush; said,saeed=saidou; salma=salouma sallouma; sami=samsoum; sara,sarah=saroura sousou; yousef,yusuf,yousuf,youssef=jojo yousri joe zouzou; zainab,zeinab,zaynab,zeynep=zuzu zanoub zouzou zouba; zahra=zahoura;
aminata=ami mina; fatoumata=fatou tata binta; mamadou=mamad doudou; ousmane=ous; ibrahima=ibou; mariama=mari mama; aissatou=aissa; adebayo=bayo ade; oluwaseun=seun; chukwuemeka=emeka; ngozi=go; kwame=kwam
"""


def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for line in _USAGE.replace("\n", "").split(";"):
        names, pets = (side.split() for side in line.replace(",", " ").split("="))
        for pet in [*names, *pets]:
            found.setdefault(pet, set()).add(names[0])
    return {pet: tuple(sorted(names)) for pet, names in found.items()}


PETS = _table()
