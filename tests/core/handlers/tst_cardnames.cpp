// SPDX-License-Identifier: GPL-3.0-or-later
// Names of people beside a title and a company, in the forms in which they are written: a wrong one
// fails, the number found is printed.
#include "core/handlers/image_extraction/cardfields.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::handlers;

namespace {
const QStringList kNames = {u"Jan vd Steen"_s,
                            u"Jan v.d. Steen"_s,
                            u"Jan van der Steen"_s,
                            u"Pieter van 't Hoff"_s,
                            u"Ludwig von und zu Stein"_s,
                            u"Katharina von Stein"_s,
                            u"Charles de la Tour"_s,
                            u"Maria dos Santos"_s,
                            u"José da Silva"_s,
                            u"Abd al-Rahman"_s,
                            u"Yusuf bin Rashid"_s,
                            u"Khalid ibn Walid"_s,
                            u"Nour el-Sayed"_s,
                            u"Sean O'Brien"_s,
                            u"Sean O’Brien"_s,
                            u"Fiona McAllister"_s,
                            u"Ian MacLeod"_s,
                            u"Maria D'Angelo"_s,
                            u"Gabriele D’Annunzio"_s,
                            u"Ana María García López"_s,
                            u"María José García López Ruiz"_s,
                            u"Juan Carlos de Borbón"_s,
                            u"Jean-Luc Moreau"_s,
                            u"Anne-Sophie Le Roux"_s,
                            u"Mei-Ling Chao"_s,
                            u"J. T. Harlan"_s,
                            u"J.T. Harlan"_s,
                            u"Thomas K. Okafor"_s,
                            u"Björn Åkesson"_s,
                            u"Łukasz Wójcik"_s,
                            u"Jürgen Weiß"_s,
                            u"Zoë Núñez"_s,
                            u"Giulia Della Rovere"_s,
                            u"Paolo di Stefano"_s,
                            u"Dr. Nadia Feldman"_s,
                            u"Prof. Dr. Anke Lüders"_s,
                            u"Dr. med. Karl Brandt"_s,
                            u"Dipl.-Ing. Uwe Sander"_s,
                            u"Nadia Feldman, PhD"_s,
                            u"Nadia Feldman, MBA"_s,
                            u"Daniel Hoffmann Jr."_s,
                            u"William Harlan III"_s,
                            u"Sir Arthur Bell"_s,
                            u"Ing. Pavel Novák"_s,
                            u"Mr. David Lund"_s};

struct Card
{
    QString name;
    QString title;
    QString company;
    QString email;
};

QString readName(const Card& card)
{
    QVector<TextLine> lines;
    double y = 100;
    const auto add = [&](const QString& text, double height) {
        if (!text.isEmpty())
            lines << TextLine{text, QRectF(60, y, height * 0.52 * double(text.size()), height),
                              0.95};
        y += height * 1.4;
    };
    add(card.name, 40);
    add(card.title, 24);
    y += 80;
    add(card.company, 30);
    add(card.email, 22);
    return businessCardFields(lines)["name"_L1].toString();
}
} // namespace

class TestCardNames : public QObject
{
    Q_OBJECT

    static void check(const QString& kind, const QList<Card>& cards, double least)
    {
        int found = 0;
        int wrong = 0;
        for (const Card& card : cards) {
            const QString name = readName(card);
            found += name == card.name;
            if (name.isEmpty())
                qInfo().noquote() << "missed" << card.name << "beside" << card.company;
            else if (name != card.name && ++wrong)
                qWarning().noquote() << card.name << "is read as" << name;
        }
        qInfo().noquote()
            << u"%1: %2 of %3 found, %4 wrong"_s.arg(kind).arg(found).arg(cards.size()).arg(wrong);
        QCOMPARE(wrong, 0);
        QVERIFY(found >= least * double(cards.size()));
    }

    static QList<Card> cardsOf(const std::function<QString(const QString&)>& written,
                               const QString& email)
    {
        QList<Card> cards;
        for (const QString& name : kNames) {
            for (const QString& title : {u"Sales Manager"_s, u"Geschäftsführer"_s, u"Gérant"_s})
                cards << Card{written(name), written(title), u"Fernbrook Wines LLC"_s, email};
        }
        return cards;
    }

private Q_SLOTS:
    void asWritten()
    {
        check(u"as written"_s, cardsOf([](auto& n) { return n; }, {}), 0.95);
    }

    void withEmailOfTheHouse()
    {
        check(u"with an email of the house"_s,
              cardsOf([](auto& n) { return n; }, u"info@fernbrook.example"_s), 0.95);
    }

    void inCapitals()
    {
        check(u"in capitals"_s, cardsOf([](auto& n) { return n.toUpper(); }, {}), 0.85);
    }

    void inSmallLetters()
    {
        QList<Card> cards;
        for (const QString& name : {u"nadia feldman"_s, u"maria d'angelo"_s, u"jan vd steen"_s,
                                    u"sean o'brien"_s, u"anna von stein"_s, u"daniel hoffmann"_s}) {
            cards << Card{name, u"wine buyer"_s, u"fernbrook"_s,
                          QString(name).replace(u' ', u'.') + u"@fernbrook.example"_s};
        }
        check(u"in small letters"_s, cards, 0.8);
    }

    // Lines that are not a person are not taken for a name.
    void noPerson()
    {
        for (const QString& line : {u"wine and spirits"_s, u"fine wines since 1987"_s,
                                    u"Müller und Schmidt GmbH"_s, u"open monday to friday"_s,
                                    u"quality you can taste"_s, u"Getränke Nord GmbH & Co. KG"_s})
            QCOMPARE(readName({line, {}, {}, {}}), QString());
    }
};

QTEST_APPLESS_MAIN(TestCardNames)
#include "tst_cardnames.moc"
