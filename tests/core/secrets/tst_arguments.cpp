// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets among the arguments: in addresses of every form, misplaced, misspelt and truncated.
#include "core/secrets/arguments.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::secrets;

namespace {
// PW stands for the password or key.
const QStringList kForms{
    u"postgresql://leora:PW@db.example:5432/jobs"_s,
    u"postgres://leora:PW@db.example"_s,
    u"postgresql://:PW@db.example/jobs"_s,
    u"postgres:/leora:PW@db.example/jobs"_s,
    u"postgres:leora:PW@db.example/jobs"_s,
    u"postgresql:///leora:PW@db.example/jobs"_s,
    u"Postgres://leora:PW@db.example/jobs"_s,
    u"//leora:PW@db.example/jobs"_s,
    u"leora:PW@db.example"_s,
    u"mysql://leora:PW@localhost/jobs"_s,
    u"jdbc:postgresql://leora:PW@db.example/jobs"_s,
    u"jdbc:postgresql://db.example:5432/jobs?user=leora&password=PW"_s,
    u"jdbc:postgresql://db.example/jobs?password=PW&ssl=true"_s,
    u"jdbc:sqlserver://db.example:1433;databaseName=jobs;user=leora;password=PW;"_s,
    u"postgresql://db.example/jobs?user=leora&password=PW"_s,
    u"host=db.example user=leora password=PW dbname=jobs"_s,
    u"host=db.example password = 'PW' dbname=jobs"_s,
    u"host=db.example sslpassword=PW"_s,
    u"PGPASSWORD=PW"_s,
    u"DATABASE_PASSWORD=PW"_s,
    u"DATABASE_URL=postgresql://leora:PW@db.example/jobs"_s,
    u"\"postgresql://leora:PW@db.example/jobs\""_s,
    u"'postgresql://leora:PW@db.example/jobs'"_s,
    u"--db=postgresql://leora:PW@db.example/jobs"_s,
    u"postgresql://leora:PW"_s,
    u"postgresql://leora:PW@"_s,
    u"https://PW@app.example/api"_s,
    u"https://leora:PW@app.example/api"_s,
    u"https://app.example/api?api_key=PW"_s,
    u"https://app.example/api?token=PW&x=1"_s,
    u"JOB_PROCESSOR_API_KEY=PW"_s,
    u"CRON_SECRET=PW"_s,
    u"x-api-key: PW"_s,
    u"--api-key=PW"_s,
    u"apikey=PW"_s,
    u"Authorization: Bearer PW"_s,
    u"{\"password\": \"PW\"}"_s,
    u"{'apiKey':'PW'}"_s,
};
} // namespace

class tst_Arguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masked_data()
    {
        QTest::addColumn<QString>("form");
        for (const QString& form : kForms)
            QTest::newRow(qPrintable(form)) << form;
    }
    void masked()
    {
        QFETCH(QString, form);
        const QString secret = u"s3cr3t-c4n4ry"_s;
        const QString text = QString(form).replace(u"PW"_s, secret);
        for (const QString& around : {text, u"There is no command \"%1\"."_s.arg(text),
                                      u"The following argument was not expected: %1"_s.arg(text)}) {
            QVERIFY2(!withoutSecrets(around).contains(u"c4n4ry"_s),
                     qPrintable(withoutSecrets(around)));
            const QString inPlace = withoutSecretsInPlace(around);
            QCOMPARE(inPlace.size(), around.size());
            QVERIFY(!inPlace.contains(u"c4n4ry"_s));
        }
    }

    // Passwords with every character that could end one.
    void anyPassword_data() { masked_data(); }
    void anyPassword()
    {
        QFETCH(QString, form);
        QRandomGenerator random(20'261'129);
        const QString characters = u"/#?@:%=+-_.,!$*()[]|~^`<>"_s;
        const bool isOneOfSeveral = form.contains(u'&') || form.contains(u';');
        for (int i = 0; i < 60; ++i) {
            QString secret = u"c4n4ry"_s;
            for (int n = random.bounded(6); n > 0; --n)
                secret.insert(random.bounded(int(secret.size()) + 1),
                              characters[random.bounded(int(characters.size()))]);
            if (form.contains(u"https://PW@"_s) || form.endsWith(u"leora:PW"_s) || isOneOfSeveral)
                secret = u"c4n4ry%1"_s.arg(random.generate());
            const QString text = QString(form).replace(u"PW"_s, secret);
            const QString shown = withoutSecrets(text);
            QVERIFY2(!shown.contains(secret), qPrintable(text + u" -> "_s + shown));
        }
    }

    void keysByTheirLooks()
    {
        for (const QString& key :
             {u"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"_s,
              u"sk-ant-api03-abcdefghijklmnop"_s, u"Zx9_kPq2LmNvB7wR4tYu8iOa3sDf6gHj"_s}) {
            const QString shown = withoutSecrets(u"key store %1"_s.arg(key));
            QVERIFY2(!shown.contains(key.mid(4, 8)), qPrintable(shown));
        }
    }

    void theRestStays_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"",
                                 "stats",
                                 "--json",
                                 "postgresql://leora@db.example:5432/jobs?schema=public",
                                 "sqlite:/srv/jobs.db",
                                 "file:./dev.db",
                                 "http://127.0.0.1:3000/api/jobs/process",
                                 "http://[::1]:3000/",
                                 "Serving http://127.0.0.1:3000.",
                                 "127.0.0.1:3000",
                                 "[::1]:3000",
                                 "status:failed error:timeout age>2h",
                                 "created:2026-11-01..2026-11-05",
                                 "019aa1f2-7c1f-7909-be00-5d2a7c9e1b11",
                                 "01JDX5Z8W3N4Q6R7S8T9V0W1X2",
                                 "clh3am8k30000mh08x2g7v3k1",
                                 "/home/leora/Pictures/Card_2026-11-29_at_10-23-45.png",
                                 "--tls-key=/etc/ssl/key.pem",
                                 "--tls-key: File does not exist",
                                 "payload.keys:3",
                                 "keepalives=1",
                                 "passfile=x",
                                 "{\"customerId\":\"c-17\"}",
                                 "There is no command \"strat\"."})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void theRestStays()
    {
        QFETCH(QString, text);
        QCOMPARE(withoutSecrets(text), text);
    }

    void argumentsAreOverwritten()
    {
        std::vector<QByteArray> originals{"queuedeck",
                                          "-style",
                                          "fusion",
                                          "--db",
                                          "postgresql://leöra:s3cr3t@h/jobs",
                                          "PGPASSWORD=\xff\xfe-pw"};
        std::vector<QByteArray> kept = originals;
        std::vector<char*> argv;
        for (QByteArray& argument : originals)
            argv.push_back(argument.data());
        const Arguments arguments(int(argv.size()), argv.data());
        QVERIFY(arguments.hadSecret());
        QCOMPARE(QByteArray(argv[4]), "postgresql://leöra:******@h/jobs");
        QVERIFY(!QByteArray(argv[5]).contains("-pw"));
        QCOMPARE(QByteArray(argv[2]), "fusion");
        QCOMPARE(QByteArray(arguments.pointers()[4]), kept[4]);
        // As QApplication does: it removes its own arguments and moves the others up.
        argv.erase(argv.begin() + 1, argv.begin() + 3);
        const QStringList given = arguments.given(int(argv.size()), argv.data());
        QCOMPARE(given.mid(0, 3),
                 QStringList({u"queuedeck"_s, u"--db"_s, QString::fromUtf8(kept[4])}));
        QCOMPARE(arguments.masked(u"No job s3cr3t here."_s), u"No job ••• here."_s);
    }
};

QTEST_APPLESS_MAIN(tst_Arguments)
#include "tst_arguments.moc"
