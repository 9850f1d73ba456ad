// SPDX-License-Identifier: GPL-3.0-or-later
// Telephone numbers, emails and websites from single lines: whole or not at all. The table contains
// hand-written lines; others are combined from known parts. A wrong value fails; the number found
// is counted and printed.
#include "core/handlers/image_extraction/cardfields.h"

#include <QFile>
#include <QMap>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::handlers;

namespace {

using Fields = QMap<QString, QString>;

Fields contactsOf(const QStringList& lines)
{
    QVector<TextLine> read;
    double y = 100;
    for (const QString& line : lines)
        read << TextLine{line, QRectF(60, y += 40, 10.0 * double(line.size()), 20), 0.95};
    const QJsonObject fields = businessCardFields(read);
    Fields found;
    for (const QString& name : {u"phone"_s, u"email"_s, u"website"_s}) {
        if (fields.contains(name))
            found[name] = fields[name].toString();
    }
    return found;
}

/// Counts how many values of a kind are found, and fails on wrong ones.
class Tally
{
public:
    explicit Tally(QString kind)
        : m_kind(std::move(kind))
    {
    }

    ~Tally()
    {
        qInfo().noquote()
            << u"%1: %2 of %3 found, %4 wrong"_s.arg(m_kind).arg(m_found).arg(m_all).arg(m_wrong);
    }

    void add(const QStringList& lines, const Fields& truth)
    {
        const Fields found = contactsOf(lines);
        for (const QString& field : truth.keys()) {
            ++m_all;
            m_found += found.value(field) == truth.value(field);
            if (!found.contains(field) && m_missedShown < 5) {
                ++m_missedShown;
                qInfo().noquote() << "missed" << field << "in" << lines;
            }
        }
        for (const QString& field : found.keys()) {
            if (found.value(field) == truth.value(field))
                continue;
            ++m_wrong;
            qWarning().noquote() << field << "of" << lines << "is" << truth.value(field)
                                 << "and not" << found.value(field);
        }
    }

    int wrong() const { return m_wrong; }
    double recall() const { return m_all > 0 ? double(m_found) / m_all : 1; }

private:
    const QString m_kind;
    int m_all = 0;
    int m_found = 0;
    int m_wrong = 0;
    int m_missedShown = 0;
};

// Numbers as they are printed in each country, without a label.
const QStringList kNumbers = {
    u"+1 212 555 0142"_s,  u"+1 (212) 555-0142"_s,   u"(212) 555-0142"_s,
    u"212-555-0142"_s,     u"212.555.0142"_s,        u"+44 20 7946 0142"_s,
    u"020 7946 0142"_s,    u"07700 900142"_s,        u"+44 (0)161 496 0142"_s,
    u"+49 30 5550142"_s,   u"+49 (0)30 555 01 42"_s, u"030 5550142"_s,
    u"0171 5550142"_s,     u"+33 1 55 50 01 42"_s,   u"01 55 50 01 42"_s,
    u"+34 915 550 142"_s,  u"+43 1 5550142"_s,       u"+41 44 555 01 42"_s,
    u"+39 06 5550 1421"_s, u"06 5550 1421"_s,        u"+31 20 555 0142"_s,
    u"020-5550142"_s,      u"+32 2 555 01 42"_s,     u"+351 21 555 0142"_s,
    u"+45 33 12 34 56"_s,  u"+47 22 33 44 55"_s,     u"+46 8 555 014 21"_s,
    u"08-555 014 21"_s,    u"+61 2 5550 1421"_s,     u"0491 570 142"_s,
    u"+64 9 555 0142"_s,   u"+55 11 95555-0142"_s,   u"+52 55 1234 5678"_s,
    u"+91 98765 43210"_s,  u"+65 6123 4567"_s,       u"+852 2123 4567"_s,
    u"+81 3-5550-0142"_s,  u"+86 10 5550 0142"_s,    u"+971 4 555 0142"_s,
    u"+972-3-555-0142"_s,  u"0049 30 5550142"_s,     u"011 49 30 5550142"_s,
    u"+353 1 555 0142"_s,  u"+48 22 555 01 42"_s};
// Numbers that only a label identifies.
const QStringList kLocals = {u"555 0142 1"_s,  u"33 12 34 56"_s, u"22 33 44 55"_s, u"6123 4567"_s,
                             u"2123 4567"_s,   u"915 550 142"_s, u"21 555 0142"_s, u"5550142"_s,
                             u"98765 43210"_s, u"4321 5678"_s,   u"22 555 01 42"_s};
const QStringList kPhoneLabels = {u"Tel."_s,
                                  u"Tel:"_s,
                                  u"T"_s,
                                  u"T:"_s,
                                  u"Phone"_s,
                                  u"Phone:"_s,
                                  u"Ph:"_s,
                                  u"P:"_s,
                                  u"Mobile"_s,
                                  u"Mob."_s,
                                  u"M:"_s,
                                  u"Cell:"_s,
                                  u"Tlf."_s,
                                  u"Telefon:"_s,
                                  u"Mobil:"_s,
                                  u"Handy"_s,
                                  u"Tél."_s,
                                  u"Tél. :"_s,
                                  u"Téléphone"_s,
                                  u"Portable :"_s,
                                  u"Teléfono:"_s,
                                  u"Móvil:"_s,
                                  u"Tfno."_s,
                                  u"Direct:"_s,
                                  u"Office"_s,
                                  u"Telefono"_s,
                                  u"Cellulare:"_s,
                                  u"Telefoon"_s,
                                  u"Mobiel:"_s,
                                  u"Tel. No.:"_s,
                                  u"Phone number:"_s,
                                  u"WhatsApp"_s};
const QStringList kFaxLabels = {u"Fax"_s,     u"Fax:"_s,        u"F"_s,       u"F:"_s,
                                u"Telefax"_s, u"Télécopie :"_s, u"Fax No."_s, u"Faks:"_s};
const QStringList kOtherLabels = {u"Reg. No."_s,     u"Reg. No.:"_s,    u"Registration number"_s,
                                  u"Company No."_s,  u"VAT"_s,          u"VAT No.:"_s,
                                  u"VAT Reg. No."_s, u"USt-IdNr."_s,    u"USt.-ID-Nr.:"_s,
                                  u"UID"_s,          u"Steuernummer"_s, u"St.-Nr."_s,
                                  u"Tax ID"_s,       u"HRB"_s,          u"FN"_s,
                                  u"SIRET"_s,        u"SIREN :"_s,      u"N° TVA"_s,
                                  u"RCS Paris"_s,    u"NIF"_s,          u"CIF"_s,
                                  u"P.IVA"_s,        u"C.F."_s,         u"KvK"_s,
                                  u"KvK-nr."_s,      u"BTW"_s,          u"CVR"_s,
                                  u"CVR-nr."_s,      u"Org.nr."_s,      u"ABN"_s,
                                  u"ACN"_s,          u"EIN"_s,          u"Account No."_s,
                                  u"Kto.-Nr."_s,     u"Konto"_s,        u"BLZ"_s,
                                  u"IBAN"_s,         u"Sort code"_s,    u"Routing no."_s,
                                  u"License No."_s,  u"Lic. #"_s,       u"License #"_s,
                                  u"DRE #"_s,        u"NMLS"_s,         u"Customer no."_s,
                                  u"Kundennummer"_s, u"Ref."_s,         u"ID"_s,
                                  u"No."_s,          u"Nr."_s};
} // namespace

class TestContactLines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data()
    {
        QTest::addColumn<Fields>("truth");
        QFile file(QStringLiteral(QUEUEDECK_SOURCE_DIR "/tests/data/contactlines.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QString& row :
             QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
            if (row.startsWith(u"# "_s))
                continue;
            const QStringList parts = row.split(u'\t', Qt::SkipEmptyParts);
            Fields truth;
            for (const QString& value : parts.mid(1))
                truth[value.section(u' ', 0, 0)] = value.section(u' ', 1);
            QTest::newRow(parts.first().toUtf8().constData()) << truth;
        }
    }

    void lines()
    {
        QFETCH(Fields, truth);
        const QString line = QString::fromUtf8(QTest::currentDataTag());
        QCOMPARE(contactsOf({line}), truth);
        // Among other lines of a card as well.
        QCOMPARE(contactsOf({u"Nadia Feldman"_s, u"Wine Buyer"_s, line, u"88 Mill Street"_s}),
                 truth);
    }

    void phones()
    {
        Tally tally(u"phones"_s);
        for (const QString& number : kNumbers) {
            tally.add({number}, {{u"phone"_s, number}});
            tally.add({number + u" (Fax)"_s}, {});
            for (const QString& label : kPhoneLabels)
                tally.add({label + u' ' + number}, {{u"phone"_s, number}});
            for (const QString& other : {kNumbers.at(4), kNumbers.at(10)}) {
                for (const QString& between : {u" | "_s, u" · "_s, u" • "_s, u", "_s, u"  /  "_s})
                    tally.add({u"Tel. "_s + number + between + u"Fax "_s + other},
                              {{u"phone"_s, number}});
            }
        }
        for (const QString& number : kLocals) {
            for (const QString& label : kPhoneLabels)
                tally.add({label + u' ' + number}, {{u"phone"_s, number}});
        }
        QCOMPARE(tally.wrong(), 0);
        QVERIFY(tally.recall() > 0.97);
    }

    void extensions()
    {
        Tally tally(u"extensions"_s);
        for (const QString& number : kNumbers) {
            for (const QString& extension :
                 {u" ext. 45"_s, u" x45"_s, u" ext 4501"_s, u", ext. 45"_s})
                tally.add({u"Tel. "_s + number + extension}, {{u"phone"_s, number + extension}});
        }
        QCOMPARE(tally.wrong(), 0);
        QVERIFY(tally.recall() > 0.97);
    }

    void faxes()
    {
        Tally tally(u"faxes"_s);
        for (const QString& number : kNumbers + kLocals) {
            for (const QString& label : kFaxLabels)
                if (label != u"Faks:"_s)
                    tally.add({label + u' ' + number}, {});
        }
        QCOMPARE(tally.wrong(), 0);
    }

    // The same digits after a different label are not a telephone number, whatever their form.
    void otherNumbers()
    {
        Tally tally(u"other numbers"_s);
        for (const QString& label : kOtherLabels) {
            for (const QString& number :
                 kLocals + QStringList{u"0555 0142 12"_s, u"05550142"_s, u"055 501 421"_s,
                                       u"DE 555 014 212"_s, u"030/555/01421"_s, u"212-555-0142"_s})
                tally.add({label + u' ' + number}, {});
        }
        QCOMPARE(tally.wrong(), 0);
    }

    void ibans()
    {
        Tally tally(u"ibans"_s);
        for (const QString& iban :
             {u"DE89 3704 0044 0532 0130 00"_s, u"GB29 NWBK 6016 1331 9268 19"_s,
              u"FR14 2004 1010 0505 0001 3M02 606"_s, u"ES91 2100 0418 4502 0005 1332"_s,
              u"IT60 X054 2811 1010 0000 0123 456"_s, u"NL91 ABNA 0417 1643 00"_s,
              u"AT61 1904 3002 3457 3201"_s, u"CH93 0076 2011 6238 5295 7"_s,
              u"BE68 5390 0754 7034"_s, u"NO93 8601 1117 947"_s, u"DK50 0040 0440 1162 43"_s}) {
            for (const QString& label :
                 {u""_s, u"IBAN "_s, u"IBAN: "_s, u"Bank: "_s, u"Konto "_s}) {
                tally.add({label + iban}, {});
                tally.add({label + QString(iban).remove(u' ')}, {});
            }
        }
        QCOMPARE(tally.wrong(), 0);
    }

    void emails()
    {
        Tally tally(u"emails"_s);
        const QStringList locals = {u"nadia"_s,         u"nadia.feldman"_s, u"n.feldman"_s,
                                    u"nadia_feldman"_s, u"nadia-feldman"_s, u"n.o'brien"_s,
                                    u"n.o’brien"_s,     u"d'angelo"_s,      u"a&b"_s,
                                    u"a/b"_s,           u"sales/emea"_s,    u"nadia+cards"_s,
                                    u"nf2"_s,           u"2nadia"_s,        u"x"_s,
                                    u"jürgen"_s,        u"Nadia.Feldman"_s, u"first.middle.last"_s,
                                    u"r=d"_s,           u"info"_s};
        const QStringList domains = {
            u"acme.example"_s,        u"mail.acme.example"_s, u"a-c-m-e.com"_s,
            u"acme.co.uk"_s,          u"acme.photography"_s,  u"müller.de"_s,
            u"eu.mail.acme.com.au"_s, u"3m.example"_s,        u"x.io"_s};
        for (const QString& local : locals) {
            for (const QString& domain : domains) {
                const QString email = local + u'@' + domain;
                for (const QString& label :
                     {u""_s, u"E: "_s, u"E "_s, u"E:"_s, u"Email: "_s, u"E-Mail "_s, u"Mail: "_s,
                      u"Courriel : "_s, u"Correo: "_s})
                    tally.add({label + email}, {{u"email"_s, email}});
                tally.add({u"Tel. +1 212 555 0142 | "_s + email},
                          {{u"email"_s, email}, {u"phone"_s, u"+1 212 555 0142"_s}});
                tally.add({email, domain}, {{u"email"_s, email}, {u"website"_s, domain}});
                tally.add({email, u"www."_s + domain},
                          {{u"email"_s, email}, {u"website"_s, u"www."_s + domain}});
            }
        }
        QCOMPARE(tally.wrong(), 0);
        QVERIFY(tally.recall() > 0.97);
    }

    // Without the first letter, or with a foreign character in the middle: whole or nothing.
    void damagedEmails()
    {
        Tally tally(u"damaged emails"_s);
        const QList<std::pair<QString, QString>> people = {{u"Lena"_s, u"Tann"_s},
                                                           {u"Ines"_s, u"Lund"_s},
                                                           {u"Isabel"_s, u"Ibarra"_s},
                                                           {u"Leo"_s, u"Illig"_s}};
        for (const auto& [first, last] : people) {
            const QString initial = first.left(1).toLower();
            const QString small = last.toLower();
            for (const QString& truth :
                 {initial + u'.' + small, first.toLower() + u'.' + small, initial + small}) {
                const QString damaged = u'|' + truth.mid(1);
                tally.add({first + u' ' + last, damaged + u"@rebstock.example"_s},
                          {{u"email"_s, truth + u"@rebstock.example"_s}});
                tally.add({u"Nadia Feldman"_s, damaged + u"@rebstock.example"_s}, {});
            }
        }
        QCOMPARE(tally.wrong(), 0);
        QVERIFY(tally.recall() > 0.9);
    }
};

QTEST_APPLESS_MAIN(TestContactLines)
#include "tst_contactlines.moc"
