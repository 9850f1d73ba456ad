// SPDX-License-Identifier: GPL-3.0-or-later
// Does with a SecretStore what its standard input says, one command per line:
//   write NAME TEXT | read NAME | remove NAME
// and prints one line for each: PLACE|SENTENCE|SECRET
#include "core/secrets/secretstore.h"

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
QString placeText(secrets::Place place)
{
    switch (place) {
    case secrets::Place::None: return u"none"_s;
    case secrets::Place::Environment: return u"environment"_s;
    case secrets::Place::Keychain: return u"keychain"_s;
    case secrets::Place::ThisRunOnly: break;
    }
    return u"thisrun"_s;
}

template <class T>
base::Result<T> wait(QFuture<base::Result<T>> future)
{
    future.waitForFinished();
    return future.takeResult();
}

QString answerTo(secrets::SecretStore& store, const QStringList& words)
{
    const secrets::Entry entry{words.value(1), "QUEUEDECK_PROBE_KEY"};
    if (words.first() == "read"_L1) {
        const auto found = wait(store.read(entry));
        return found ? placeText(found->place) + u'|' + found->sentence + u'|' +
                           QString::fromUtf8(found->secret.reveal())
                     : found.error().detail;
    }
    const auto done = words.first() == "write"_L1
                          ? wait(store.write(entry, base::Secret(words.value(2).toUtf8())))
                          : wait(store.remove(entry));
    return done ? placeText(done->place) + u'|' + done->sentence + u'|'
                : u"error|"_s + done.error().detail + u'|';
}
} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    secrets::SecretStore store(u"queuedeck-test"_s,
                               std::chrono::milliseconds(argc > 1 ? atoi(argv[1]) : 10'000));
    QTextStream in(stdin);
    QTextStream out(stdout);
    for (QString line = in.readLine(); !line.isNull(); line = in.readLine())
        out << answerTo(store, line.split(u' ')) << Qt::endl;
    return 0;
}
