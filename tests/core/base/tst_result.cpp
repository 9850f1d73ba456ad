// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <QSet>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace queuedeck::base;

namespace {
Result<int> half(int number)
{
    if (number % 2 != 0)
        return fail(ErrorKind::Invalid, u"%1 is odd."_s.arg(number));
    return number / 2;
}

Status check(bool good)
{
    if (!good)
        return fail(ErrorKind::Denied, u"No."_s);
    return {};
}
} // namespace

class TestResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsAValueOrAnError()
    {
        QCOMPARE(half(8).value(), 4);
        const auto odd = half(3);
        QVERIFY(!odd);
        QCOMPARE(odd.error(), (Error{ErrorKind::Invalid, u"3 is odd."_s}));
        QVERIFY(check(true));
        QCOMPARE(check(false).error().kind, ErrorKind::Denied);
    }

    void carriesWhatCannotBeCopied()
    {
        Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
        const std::unique_ptr<int> taken = std::move(*result);
        QCOMPARE(*taken, 7);
    }

    void everyKindHasItsOwnName()
    {
        QSet<QString> names;
        for (int kind = int(ErrorKind::Cancelled); kind <= int(ErrorKind::Internal); ++kind) {
            const QString name = kindName(ErrorKind(kind));
            QCOMPARE(name, name.toLower());
            names.insert(name);
        }
        QCOMPARE(names.size(), int(ErrorKind::Internal) + 1);
    }
};

QTEST_APPLESS_MAIN(TestResult)
#include "tst_result.moc"
