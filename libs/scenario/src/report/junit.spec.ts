import { renderJunit } from './junit';
import { failed, held, runReport, scenarioReport } from './testing/run';

const count = (text: string, part: string) => text.split(part).length - 1;

describe('renderJunit', () => {
  it('has a suite for each scenario and a case for each assertion', () => {
    const xml = renderJunit(runReport(scenarioReport({ assertions: [held, failed], result: 'failed' })));
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="bootlab"/);
    expect(xml).toContain('<testsuite name="store-object-missing" tests="2" failures="1" errors="0" skipped="0"');
    expect(xml).toContain('<testcase classname="store-object-missing" name="it holds" time="0"/>');
    expect(xml).toContain('<failure type="assertion" message="no such span">x.yaml:10:5\nexpected:');
    expect(xml).toContain('  show (glance-api): 3 ms');
  });

  it('says where each trace opens', () => {
    const [trace] = scenarioReport().traces;
    const xml = renderJunit(runReport(scenarioReport({ traces: [{ ...trace!, link: 'http://lab/trace/1?a&b' }] })));
    expect(xml).toContain('<system-out>trace of boot: http://lab/trace/1?a&amp;b</system-out>');
  });

  it('tells the cases of a matrix apart', () => {
    expect(renderJunit(runReport(scenarioReport({ case: { api_version: 2 }, repeat: 3 })))).toContain(
      'name="store-object-missing [api_version=2] #3"',
    );
  });

  it('says why a scenario was skipped or broke', () => {
    const of = (result: 'skipped' | 'broken') =>
      renderJunit(runReport(scenarioReport({ assertions: [], result, reason: 'The lab is down.' })));
    expect(of('skipped')).toMatch(/tests="1" failures="0" errors="0" skipped="1"[^]*<skipped message="The lab is down."\/>/); // prettier-ignore
    expect(of('broken')).toMatch(/tests="1" failures="0" errors="1" skipped="0"[^]*<error message="The lab is down.">/);
  });

  it('escapes everything, and leaves out what XML cannot hold', () => {
    const nasty = '<a b="c">&\u0000\u001b[31m\ud800\n]]>';
    const xml = renderJunit(runReport(scenarioReport({ name: nasty, assertions: [{ ...failed, text: nasty, found: nasty }], warnings: [nasty] }))); // prettier-ignore
    expect(xml).toContain('&lt;a b=&quot;c&quot;&gt;&amp;\ufffd\ufffd[31m\ufffd&#10;]]&gt;');
    expect(xml).not.toMatch(/[\u0000\u001b]|<a|]]>/); // eslint-disable-line no-control-regex
    expect(count(xml, '<testcase')).toBe(count(xml, '</testcase>'));
  });
});
