// SPDX-License-Identifier: GPL-3.0-or-later
// The files of others that name databases, with all the quoting their readers allow.
#include "core/domain/envfile.h"
#include "core/domain/servicefile.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestEnvFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsValues_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const QString& text, const QString& value) {
            QTest::newRow(name) << text << value;
        };
        row("plain", u"A=postgresql://u:p@h/d"_s, u"postgresql://u:p@h/d"_s);
        row("export", u"export A=x"_s, u"x"_s);
        row("blanks", u"  A =  x y  "_s, u"x y"_s);
        row("comment", u"A=x # not this"_s, u"x"_s);
        row("hash in a password", u"A=postgresql://u:p#ss@h/d"_s, u"postgresql://u:p#ss@h/d"_s);
        row("double quotes", u"A=\"x # y\" # z"_s, u"x # y"_s);
        row("single quotes", u"A='x\\n\"y\"'"_s, u"x\\n\"y\""_s);
        row("escapes", u"A=\"a\\n\\\"b\\\"\\\\\""_s, u"a\n\"b\"\\"_s);
        row("over lines", u"A=\"a\nb\""_s, u"a\nb"_s);
        row("a quote that stays open", u"A=\"abc\nB=1"_s, u"\"abc"_s);
        row("empty", u"A="_s, QString());
        row("CRLF", u"A=x\r\nB=y\r\n"_s, u"x"_s);
        row("a byte order mark", u"\uFEFFA=x"_s, u"x"_s);
        row("colon", u"A: x"_s, u"x"_s);
        row("equals within", u"A=postgresql://h/d?sslmode=require&a=b"_s,
            u"postgresql://h/d?sslmode=require&a=b"_s);
    }
    void readsValues()
    {
        QFETCH(QString, text);
        QFETCH(QString, value);
        const auto found = parseEnvFile(text);
        QVERIFY(!found.isEmpty());
        QCOMPARE(found[0].name, u"A"_s);
        QCOMPARE(found[0].value, value);
        QVERIFY(found[0].isWhole);
    }

    void refersToWhatTheFileSets()
    {
        const auto found = parseEnvFile(u"# for the shop\nUSER=me\nPASS='a$b'\n"
                                        "URL=postgresql://${USER}:${PASS}@h/d\n"
                                        "NAMED=\"$USER\\$1\"\nOUTER=x/${HOME}\nSINGLE='${USER}'\n"
                                        "PRICE=5$\n"_s);
        QCOMPARE(found.size(), 7);
        QCOMPARE(found[2].value, u"postgresql://me:a$b@h/d"_s);
        QCOMPARE(found[2].line, 4);
        QCOMPARE(found[3].value, u"me$1"_s);
        QVERIFY(!found[4].isWhole); // nothing of the environment gets in
        QCOMPARE(found[4].value, u"x/"_s);
        QCOMPARE(found[5].value, u"${USER}"_s);
        QCOMPARE(found[6].value, u"5$"_s);
    }

    void readsServices()
    {
        const auto found =
            parseServiceFile(u"# mine\nhost=nobody\n[shop]\nhost=db.example\n"
                             "dbname = jobs db\nuser=o'brien\npassword=a\\b 'c\n"
                             "ldap://x\n\n[empty]\n[next]\nhost=/run/pg\ndbname=x\n"_s);
        QCOMPARE(found.size(), 3);
        QCOMPARE(found[0].name, u"shop"_s);
        QCOMPARE(found[0].line, 3);
        QCOMPARE(found[0].keywords(),
                 u"host='db.example' dbname='jobs db' user='o\\'brien' password='a\\\\b \\'c'"_s);
        QVERIFY(found[1].keys.isEmpty());
        QCOMPARE(found[2].keywords(), u"host='/run/pg' dbname='x'"_s);
    }

    void survivesAnything()
    {
        QRandomGenerator random(19);
        const QString letters = u"A=\"'`\\$ {}#\n\r[]:é\u0000."_s;
        for (int i = 0; i < 20'000; ++i) {
            QString text;
            for (int n = random.bounded(60); n > 0; --n)
                text += letters[random.bounded(letters.size())];
            for (const EnvVariable& one : parseEnvFile(text)) {
                QVERIFY(!one.name.isEmpty());
                QVERIFY(one.line >= 1 && one.line <= text.count(u'\n') + 1);
            }
            for (const PgService& one : parseServiceFile(text))
                QVERIFY(one.line >= 1);
        }
        // No value grows without end by naming itself.
        QString growing = u"A=aaaaaaaaaaaaaaaa\n"_s;
        for (int i = 0; i < 64; ++i)
            growing += u"A=$A$A$A$A\n"_s;
        QVERIFY(parseEnvFile(growing).last().value.size() <= 256 * 1024);
    }
};

QTEST_APPLESS_MAIN(TestEnvFile)
#include "tst_envfile.moc"
