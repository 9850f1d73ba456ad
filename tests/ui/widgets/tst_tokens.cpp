// SPDX-License-Identifier: GPL-3.0-or-later
// The colours are those of the design (tokens.json beside this file), and every pair of text and
// background in use has the contrast that the design states.
#include "ui/widgets/tokens.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cmath>

using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

namespace {

const QHash<QString, Color>& tokenNames()
{
    static const QHash<QString, Color> names{
        {u"window"_s, Color::Window},
        {u"base"_s, Color::Base},
        {u"sunken"_s, Color::Sunken},
        {u"raised"_s, Color::Raised},
        {u"hover"_s, Color::Hover},
        {u"line"_s, Color::Line},
        {u"control"_s, Color::Control},
        {u"text"_s, Color::Text},
        {u"muted"_s, Color::Muted},
        {u"accent"_s, Color::Accent},
        {u"onAccent"_s, Color::OnAccent},
        {u"selection"_s, Color::Selection},
        {u"selectionIdle"_s, Color::SelectionIdle},
        {u"flash"_s, Color::Flash},
        {u"focus"_s, Color::Focus},
        {u"danger"_s, Color::Danger},
        {u"onDanger"_s, Color::OnDanger},
        {u"prod"_s, Color::Prod},
        {u"onProd"_s, Color::OnProd},
        {u"prodTint"_s, Color::ProdTint},
        // The design's "test" pair is the green banner, which is staging in its table of banners.
        {u"test"_s, Color::Staging},
        {u"onTest"_s, Color::OnStaging},
        {u"link"_s, Color::Link},
        {u"pending"_s, Color::Pending},
        {u"processing"_s, Color::Processing},
        {u"completed"_s, Color::Completed},
        {u"failed"_s, Color::Failed},
        {u"stuck"_s, Color::Stuck},
        {u"dead"_s, Color::Dead},
        {u"unknown"_s, Color::Unknown},
        {u"infoBg"_s, Color::InfoBg},
        {u"warnBg"_s, Color::WarnBg},
        {u"errorBg"_s, Color::ErrorBg},
        {u"okBg"_s, Color::OkBg},
        {u"codeKey"_s, Color::CodeKey},
        {u"codeString"_s, Color::CodeString},
        {u"codeNumber"_s, Color::CodeNumber},
        {u"codeError"_s, Color::CodeError}};
    return names;
}

double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

Theme themeOf(const QString& name)
{
    return name == "light"_L1  ? Theme::Light
           : name == "dark"_L1 ? Theme::Dark
                               : Theme::HighContrast;
}

} // namespace

class TestTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QFile file(QStringLiteral(QUEUEDECK_SOURCE_DIR "/tests/ui/widgets/tokens.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_design = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!m_design.isEmpty());
    }

    void colorsAreThoseOfTheDesign()
    {
        const QJsonObject themes = m_design["color"_L1].toObject();
        QCOMPARE(themes.size(), 3);
        for (const QString& theme : themes.keys()) {
            const QJsonObject colors = themes[theme].toObject();
            for (const QString& name : colors.keys()) {
                QVERIFY2(tokenNames().contains(name), qPrintable(name));
                QCOMPARE(tokenColor(themeOf(theme), tokenNames()[name]).name().toUpper(),
                         colors[name].toString());
            }
        }
    }

    void everyPairKeepsItsContrast()
    {
        const QJsonObject themes = m_design["contrast"_L1].toObject();
        for (const QString& theme : themes.keys()) {
            int pairs = 0;
            const QJsonObject inks = themes[theme].toObject();
            for (const QString& ink : inks.keys()) {
                const QJsonObject backgrounds = inks[ink].toObject();
                for (const QString& background : backgrounds.keys()) {
                    const double found =
                        contrast(tokenColor(themeOf(theme), tokenNames()[ink]),
                                 tokenColor(themeOf(theme), tokenNames()[background]));
                    QVERIFY2(
                        found >= backgrounds[background].toDouble() && found >= 4.5,
                        qPrintable(u"%1: %2 on %3 is %4"_s.arg(theme, ink, background).arg(found)));
                    ++pairs;
                }
            }
            QCOMPARE(pairs, 99);
        }
    }

    void bandsAreReadable()
    {
        const std::pair<Color, Color> bands[] = {
            {Color::OnStaging, Color::Staging},  {Color::OnTest, Color::Test},
            {Color::OnLocal, Color::Local},      {Color::OnProd, Color::Prod},
            {Color::OnProd, Color::ProdControl}, {Color::OnPaused, Color::PausedControl}};
        for (const Theme theme : {Theme::Light, Theme::Dark, Theme::HighContrast}) {
            for (const auto& [ink, background] : bands)
                QVERIFY(contrast(tokenColor(theme, ink), tokenColor(theme, background)) >= 8.0);
        }
    }

    void bordersAndFocusStandOut()
    {
        for (const Theme theme : {Theme::Light, Theme::Dark, Theme::HighContrast}) {
            for (const Color background : {Color::Base, Color::Window}) {
                QVERIFY(contrast(tokenColor(theme, Color::Control),
                                 tokenColor(theme, background)) >= 3.2);
                QVERIFY(contrast(tokenColor(theme, Color::Focus), tokenColor(theme, background)) >=
                        3.2);
            }
        }
    }

private:
    QJsonObject m_design;
};

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
