// SPDX-License-Identifier: GPL-3.0-or-later
// The fuzzer's entry point, run on its seeds and on random mutations of them, for compilers without
// libFuzzer.
#include <QDir>
#include <QFile>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, size_t size);

namespace {
constexpr int kChanged = 60'000;
constexpr int kMostChanges = 6;

QByteArrayList seeds()
{
    QByteArrayList all;
    const QDir folder(QStringLiteral(QUEUEDECK_SEEDS));
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            all += file.readAll();
    }
    return all;
}

void run(const QByteArray& input)
{
    LLVMFuzzerTestOneInput(reinterpret_cast<const unsigned char*>(input.constData()),
                           size_t(input.size()));
}

class Changer
{
public:
    Changer(QByteArrayList inputs, quint32 seed)
        : m_inputs(std::move(inputs))
        , m_random(seed)
    {
    }

    QByteArray next()
    {
        QByteArray input = m_inputs[at(m_inputs.size())];
        for (qsizetype i = at(kMostChanges) + 1; i > 0; --i)
            change(input);
        return input;
    }

private:
    qsizetype at(qsizetype below) { return qsizetype(m_random() % quint64(below)); }

    void change(QByteArray& input)
    {
        static const QByteArrayList kWords{"\r\n",
                                           "\n",
                                           "\r",
                                           " ",
                                           "\t",
                                           ":",
                                           "Content-Length: 5\r\n",
                                           "Content-Length: -1\r\n",
                                           "Transfer-Encoding: chunked\r\n",
                                           "Host: localhost\r\n",
                                           "x-api-key: a\r\n",
                                           "Connection: close\r\n",
                                           "HTTP/1.0",
                                           "0\r\n\r\n",
                                           "FFFFFFFF\r\n",
                                           "/healthz",
                                           "?maxJobs=",
                                           QByteArray(1, '\0'),
                                           "\xFF",
                                           "18446744073709551616",
                                           "Expect: 100-continue\r\n"};
        const qsizetype where = at(input.size() + 1);
        switch (at(6)) {
        case 0: input.insert(where, char(at(256))); break;
        case 1: input.insert(where, kWords[at(kWords.size())]); break;
        case 2: input.remove(where, at(8) + 1); break;
        case 3: input.truncate(where); break;
        case 4:
            if (where < input.size())
                input[where] = char(uchar(input[where]) ^ uchar(1 << at(8)));
            break;
        default: {
            const QByteArray& other = m_inputs[at(m_inputs.size())];
            input = input.left(where) + other.mid(at(other.size() + 1));
        }
        }
    }

    const QByteArrayList m_inputs;
    std::mt19937 m_random;
};
} // namespace

class tst_FuzzSeeds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSeeds()
    {
        QVERIFY(seeds().size() >= 10);
        for (const QByteArray& seed : seeds())
            run(seed);
        run({});
    }

    void randomChanges()
    {
        const quint32 seed = std::random_device()();
        qInfo("seed %u", seed);
        Changer changer(seeds(), seed);
        for (int i = 0; i < kChanged; ++i)
            run(changer.next());
    }
};

QTEST_APPLESS_MAIN(tst_FuzzSeeds)
#include "tst_fuzzseeds.moc"
