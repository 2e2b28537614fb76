import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../tooling/root.ts';
import { readCompose } from './compose.ts';

/* There is no Docker where tests run: this keeps what matters of the file, and nothing starts it. */
const { services, networks } = readCompose(projectRoot());

describe('docker-compose.yml', () => {
  it('has one profile for each emulator, and starts nothing unasked', () => {
    expect(Object.entries(services).map(([name, { profiles }]) => [name, profiles])).toEqual([
      ['localstack', ['localstack']],
      ['localstack-current', ['localstack-current']],
      ['ministack', ['ministack']],
    ]);
  });

  it('pins the last LocalStack that needs no token, and MiniStack', () => {
    expect(services['localstack']?.image).toBe('localstack/localstack:4.14.0');
    expect(services['ministack']?.image).toMatch(/^ministackorg\/ministack:\d+\.\d+\.\d+$/);
  });

  it('hands the token on from the shell, and holds none', () => {
    expect(services['localstack-current']?.environment['LOCALSTACK_AUTH_TOKEN']).toBe(
      '${LOCALSTACK_AUTH_TOKEN:-}',
    );
    expect(services['localstack']?.environment).not.toHaveProperty('LOCALSTACK_AUTH_TOKEN');
  });

  describe.each(Object.entries(services))('%s', (_, service) => {
    it('is open to this machine alone, where `--target localstack` looks for it', () => {
      expect(service.ports).toContain('127.0.0.1:4566:4566');
      for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:[\d-]+:[\d-]+$/);
    });

    it('says when it is ready, by an address that it serves itself', () => {
      expect(service.healthcheck?.test[0]).toBe('CMD');
      expect(service.healthcheck?.test.join(' ')).toMatch(
        /http:\/\/localhost:4566\/_(localstack|ministack)\/health/,
      );
      expect(service.healthcheck?.retries).toBeGreaterThan(5);
    });

    it('has what its functions run in: the docker of this machine, or itself', () => {
      const socket = service.volumes?.includes('/var/run/docker.sock:/var/run/docker.sock') ?? false;
      if (service.environment['LAMBDA_EXECUTOR'] === 'local') {
        expect(socket).toBe(false);
        return;
      }
      expect(socket).toBe(true);
      // The containers of functions find the emulator in a network that is called the same everywhere.
      const network = service.environment['LAMBDA_DOCKER_NETWORK'] ?? '';
      expect(service.networks).toEqual([network]);
      expect(networks[network]?.name).toBe(network);
      expect(Number(service.environment['LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT'])).toBeGreaterThan(20);
      expect(Number(service.environment['LAMBDA_RETRY_BASE_DELAY'])).toBeLessThanOrEqual(5);
    });
  });
});
