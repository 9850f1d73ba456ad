// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/conditionrow.h"

#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLineEdit>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using alerts::Condition;
using alerts::Series;
using alerts::Test;
using alerts::Unit;

namespace {
constexpr int kField = 50;

QString testWords(Series series, Test test)
{
    switch (test) {
    case Test::Above: return ConditionRow::tr("is above");
    case Test::Below: return ConditionRow::tr("is below");
    case Test::Rising: return ConditionRow::tr("is rising");
    case Test::Missing: break;
    }
    return series == Series::Database  ? ConditionRow::tr("does not answer")
           : series == Series::Engines ? ConditionRow::tr("none is seen")
                                       : ConditionRow::tr("is nothing");
}

QString unitWords(Series series)
{
    switch (alerts::infoOf(series).unit) {
    case Unit::Seconds: return ConditionRow::tr("min");
    case Unit::Percent: return ConditionRow::tr("%");
    case Unit::Calls: return ConditionRow::tr("calls in a row");
    case Unit::Engines:
    case Unit::Answers:
    case Unit::Jobs: break;
    }
    return {};
}

double factorOf(Series series)
{
    return alerts::infoOf(series).unit == Unit::Seconds ? 60 : 1;
}

// As it is entered here, or with a point.
std::optional<double> numberOf(const QLineEdit* line)
{
    bool isNumber = false;
    double number = QLocale().toDouble(line->text().trimmed(), &isNumber);
    if (!isNumber)
        number = QLocale::c().toDouble(line->text().trimmed(), &isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

QString numberText(double number)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(number, 'g', 12);
}
} // namespace

ConditionRow::ConditionRow(int number, QWidget* parent)
    : QWidget(parent)
    , m_number(number)
    , m_series(new QComboBox(this))
    , m_test(new QComboBox(this))
    , m_limit(new QLineEdit(this))
    , m_unit(new Label)
    , m_inWord(new Label(tr("in")))
    , m_window(new QLineEdit(this))
    , m_windowUnit(new Label(tr("min")))
    , m_leastWord(new Label(tr("of at least")))
    , m_least(new QLineEdit(this))
    , m_forWord(new Label(tr("for")))
    , m_lasting(new QLineEdit(this))
    , m_lastingUnit(new Label(tr("min")))
{
    m_series->setObjectName(u"series%1"_s.arg(number));
    m_test->setObjectName(u"test%1"_s.arg(number));
    m_limit->setObjectName(u"limit%1"_s.arg(number));
    m_window->setObjectName(u"window%1"_s.arg(number));
    m_least->setObjectName(u"least%1"_s.arg(number));
    m_lasting->setObjectName(u"lasting%1"_s.arg(number));
    m_series->setAccessibleName(tr("Figure %1").arg(number));
    m_test->setAccessibleName(tr("Test %1").arg(number));
    m_limit->setAccessibleName(tr("Limit %1").arg(number));
    m_window->setAccessibleName(tr("Counted over minutes %1").arg(number));
    m_least->setAccessibleName(tr("At least finished %1").arg(number));
    m_lasting->setAccessibleName(tr("For minutes %1").arg(number));
    if (number > 1)
        m_series->addItem(tr("nothing else"), -1);
    for (const alerts::SeriesInfo& info : alerts::allSeries())
        m_series->addItem(alerts::seriesName(info.series).translated(), int(info.series));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(px(space::kS));
    row->addWidget(m_series);
    row->addWidget(m_test);
    addField(row, nullptr, m_limit, m_unit);
    addField(row, m_inWord, m_window, m_windowUnit);
    addField(row, m_leastWord, m_least, nullptr);
    addField(row, m_forWord, m_lasting, m_lastingUnit);
    row->addStretch(1);
    connect(m_series, &QComboBox::currentIndexChanged, this, &ConditionRow::seriesChosen);
    connect(m_test, &QComboBox::currentIndexChanged, this, &ConditionRow::refresh);
    for (QLineEdit* line : {m_limit, m_window, m_least, m_lasting})
        connect(line, &QLineEdit::textEdited, this, &ConditionRow::edited);
    setCondition({});
}

void ConditionRow::addField(QHBoxLayout* row, Label* before, QLineEdit* line, Label* after)
{
    line->setFixedWidth(px(kField));
    line->setMaxLength(12);
    if (before)
        row->addWidget(before);
    row->addWidget(line);
    if (after)
        row->addWidget(after);
}

std::optional<Series> ConditionRow::series() const
{
    const int chosen = m_series->currentData().toInt();
    return chosen < 0 ? std::nullopt : std::optional(Series(chosen));
}

Test ConditionRow::test() const
{
    return Test(m_test->currentData().toInt());
}

QWidget* ConditionRow::firstField() const
{
    return m_limit->isVisibleTo(this) ? static_cast<QWidget*>(m_limit) : m_series;
}

void ConditionRow::fillTests()
{
    m_test->clear();
    if (const auto chosen = series()) {
        for (const Test test : alerts::testsOf(*chosen))
            m_test->addItem(testWords(*chosen, test), int(test));
    }
}

void ConditionRow::setCondition(const std::optional<Condition>& condition)
{
    m_isShowing = true;
    m_before = condition.value_or(Condition{});
    m_series->setCurrentIndex(condition ? m_series->findData(int(condition->series))
                                        : m_series->findData(-1));
    fillTests();
    if (condition) {
        m_test->setCurrentIndex(m_test->findData(int(condition->test)));
        m_limit->setText(numberText(condition->limit / factorOf(condition->series)));
        m_window->setText(numberText(double(condition->window.count()) / 60));
        m_least->setText(QString::number(condition->atLeast));
        m_lasting->setText(numberText(double(condition->lasting.count()) / 60));
    }
    m_isShowing = false;
    refresh();
}

// What another series makes sensible.
void ConditionRow::seriesChosen()
{
    if (m_isShowing)
        return;
    m_isShowing = true;
    fillTests();
    if (const auto chosen = series()) {
        const alerts::SeriesInfo& info = alerts::infoOf(*chosen);
        m_limit->setText(info.unit == Unit::Jobs ? u"10"_s : u"5"_s);
        m_window->setText(info.isWindowed ? u"15"_s : u"0"_s);
        m_least->setText(*chosen == Series::FailedShare ? u"20"_s : u"0"_s);
        m_lasting->setText(m_lasting->text().isEmpty() ? u"5"_s : m_lasting->text());
    }
    m_isShowing = false;
    refresh();
    Q_EMIT edited();
}

void ConditionRow::refresh()
{
    if (m_isShowing)
        return;
    const auto chosen = series();
    const bool hasTest = chosen && m_test->count() > 0;
    const bool hasLimit = hasTest && (test() == Test::Above || test() == Test::Below);
    const bool isWindowed = chosen && alerts::infoOf(*chosen).isWindowed;
    const bool isShare = chosen == Series::FailedShare;
    m_test->setVisible(hasTest);
    m_limit->setVisible(hasLimit);
    m_unit->setText(chosen ? unitWords(*chosen) : QString());
    m_unit->setVisible(hasLimit && !m_unit->text().isEmpty());
    for (QWidget* part : {static_cast<QWidget*>(m_inWord), static_cast<QWidget*>(m_window),
                          static_cast<QWidget*>(m_windowUnit)})
        part->setVisible(isWindowed && hasLimit);
    m_leastWord->setVisible(isShare);
    m_least->setVisible(isShare);
    for (QWidget* part : {static_cast<QWidget*>(m_forWord), static_cast<QWidget*>(m_lasting),
                          static_cast<QWidget*>(m_lastingUnit)})
        part->setVisible(chosen.has_value());
    if (sender() == m_test)
        Q_EMIT edited();
}

QString ConditionRow::problem() const
{
    for (const QLineEdit* line : {m_limit, m_window, m_least, m_lasting}) {
        if (line->isVisibleTo(this) && !numberOf(line))
            return tr("%1 is no number.")
                .arg(line->text().isEmpty() ? tr("Nothing") : line->text());
    }
    return {};
}

std::optional<Condition> ConditionRow::condition() const
{
    const auto chosen = series();
    if (!chosen)
        return {};
    const auto seconds = [](const QLineEdit* line) {
        return std::chrono::seconds(
            std::llround(std::clamp(numberOf(line).value_or(-1), -1.0, 1e9) * 60));
    };
    Condition condition{*chosen, test()};
    condition.more = m_before.more;
    if (m_limit->isVisibleTo(this))
        condition.limit = numberOf(m_limit).value_or(-1) * factorOf(*chosen);
    if (alerts::infoOf(*chosen).isWindowed) {
        // Whether nothing finishes is seen over two minutes, again and again.
        condition.window =
            condition.test == Test::Missing ? std::chrono::seconds(120) : seconds(m_window);
    }
    if (*chosen == Series::FailedShare)
        condition.atLeast = int(std::clamp(numberOf(m_least).value_or(0), 0.0, 1e9));
    condition.lasting = seconds(m_lasting);
    return condition;
}

} // namespace queuedeck::ui
