// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/teststepsview.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"

#include <QGridLayout>
#include <QPainter>

namespace queuedeck::ui {

using Result = service::TestStep::Result;

namespace {
class Sign : public QWidget
{
public:
    Sign(Result result, QWidget* parent)
        : QWidget(parent)
        , m_result(result)
    {
        setFixedSize(px(size::kStatusIcon), px(18));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto [icon, color] =
            m_result == Result::Good       ? std::pair{Icon::Check, Color::Completed}
            : m_result == Result::Notable  ? std::pair{Icon::Info, Color::Accent}
            : m_result == Result::Doubtful ? std::pair{Icon::Warning, Color::Stuck}
            : m_result == Result::Failed   ? std::pair{Icon::MarkFailed, Color::Failed}
                                           : std::pair{Icon::Clock, Color::Muted};
        const int side = px(size::kStatusIcon);
        QPainter painter(this);
        paintIcon(painter, QRect(0, (height() - side) / 2, side, side), icon, tokenColor(color));
    }

private:
    const Result m_result;
};

QString resultWord(Result result)
{
    switch (result) {
    case Result::Good: return TestStepsView::tr("good");
    case Result::Notable: return TestStepsView::tr("worth knowing");
    case Result::Doubtful: return TestStepsView::tr("doubtful");
    case Result::Failed: return TestStepsView::tr("failed");
    case Result::NotTried: break;
    }
    return TestStepsView::tr("not tried");
}
} // namespace

TestStepsView::TestStepsView(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("testSteps"));
    setAccessibleName(tr("Test"));
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(px(space::kS));
    m_grid->setVerticalSpacing(px(10));
    m_grid->setColumnMinimumWidth(1, px(140));
    m_grid->setColumnStretch(2, 1);
}

void TestStepsView::clear()
{
    while (QLayoutItem* const item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void TestStepsView::add(const service::TestStep& step)
{
    const int row = m_grid->rowCount();
    const bool isTried = step.result != Result::NotTried;
    const QString title = shown(step.title.translated());
    const QString detail = shown(step.detail.translated());
    auto* const sign = new Sign(step.result, this);
    auto* const name =
        new Label(title, TextRole::Strong, isTried ? Color::Text : Color::Muted, this);
    name->setAccessibleName(
        QStringList{title, resultWord(step.result), detail}.join(QStringLiteral(", ")));
    auto* const text = new Label(detail, TextRole::Small, Color::Muted, this);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->addWidget(sign, row, 0, Qt::AlignTop);
    m_grid->addWidget(name, row, 1, Qt::AlignTop);
    m_grid->addWidget(text, row, 2, Qt::AlignTop);
}

void TestStepsView::showTrying()
{
    clear();
    add({Result::NotTried, base::Sentence::tr("Trying"), base::Sentence::tr("nothing is changed")});
}

void TestStepsView::show(const QVector<service::TestStep>& steps)
{
    clear();
    for (const service::TestStep& step : steps)
        add(step);
}

} // namespace queuedeck::ui
