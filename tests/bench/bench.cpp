// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/startup.h"

#include <QApplication>
#include <QJsonDocument>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace queuedeck;

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("OMP_THREAD_LIMIT", "1");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    const QString first = arguments.value(0);
    if (first == u"--empty")
        return bench::measureEmpty();
    if (first == u"--window" || first == u"--drain")
        return bench::measureWindow(arguments.value(1), first == u"--drain");

    QTextStream out(stdout);
    const bool isJson = arguments.contains(u"--json"_s);
    if (!first.isEmpty() && first != u"startup" && first != u"--json") {
        QTextStream(stderr) << "There is no bench \"" << first << "\": startup is the one here."
                            << Qt::endl;
        return 2;
    }
    const QJsonObject figures = bench::startup();
    if (isJson) {
        out << QJsonDocument(QJsonObject{{u"startup"_s, figures}}).toJson(QJsonDocument::Compact)
            << Qt::endl;
        return 0;
    }
    for (const QString& name : figures.keys())
        out << name.leftJustified(28) << figures[name].toVariant().toString() << Qt::endl;
    return 0;
}
